import PaymentValues
import Testing

@Suite struct CardNumberMaskingTests {
    @Test(arguments: [
        ("card 8600069195406311 is blocked", "card 860006******6311 is blocked"),
        ("8600 0691 9540 6311", "860006******6311"),
        ("8600-0691-9540-6311.", "860006******6311."),
        ("{\"pan\":\"8600069195406311\",\"exp\":\"0127\"}", "{\"pan\":\"860006******6311\",\"exp\":\"0127\"}"),
        ("860006919540631", "860006*****0631"),
        ("20208000900123456001", "20208000900123456001"),
        ("MFO 01183, code 400", "MFO 01183, code 400"),
        ("", ""),
    ])
    func runsThatCouldBeCardsAreMasked(text: String, shown: String) {
        #expect(maskingCardNumbers(in: text) == shown)
    }

    @Test(arguments: [
        (
            "account 20208000900123456001 8600069195406311 refused",
            "account 20208000900123456001 860006******6311 refused"
        ),
        ("8600 0691 9540 6311", "860006******6311"), ("8600-0691-9540-6311;", "860006******6311;"),
        ("20208000900123456001-8600-0691-9540-6311", "20208000900123456001-860006******6311"),
        ("8600 0691 9540 6311 20208000900123456001", "860006******6311 20208000900123456001"),
        ("01183 20208000900123456001", "01183 20208000900123456001"),
        ("8600 0691  9540 6311", "8600 0691  9540 6311"),
        ("id 12 8600069195406311", "id 128600********6311"), ("sum 1 234 567", "sum 1 234 567"), ("", ""),
    ])
    func aCardIsMaskedAmongOtherNumbers(text: String, masked: String) {
        #expect(maskingCardNumbers(in: text) == masked)
    }

    @Test(arguments: [
        ("KT-8600069195406311/7", "KT-860006******6311/7"), ("8600-0691-9540-6311", "860006******6311"),
        ("31234567890123", "31234567890123"), ("8600069195406312", "8600069195406312"),
    ])
    func aKeyLosesOnlyTrueCards(text: String, masked: String) {
        #expect(maskingTrueCardNumbers(in: text) == masked)
    }
}
