import Payouts
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
}
