import Foundation
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
        ("8600 0691  9540 6312", "8600 0691  9540 6312"),
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

    /// Tests the signs that Excel, Word, phones and people put between the digits.
    @Test(arguments: [
        "8600\u{A0}0691\u{A0}9540\u{A0}6311", "8600\u{2009}0691\u{2009}9540\u{2009}6311", "8600.0691.9540.6311",
        "8600_0691_9540_6311", "8600/0691/9540/6311", "8600  0691  9540  6311", "8600–0691–9540–6311",
        "8600 - 0691 - 9540 - 6311", "８６００ ０６９１ ９５４０ ６３１１", "٨٦٠٠٠٦٩١٩٥٤٠٦٣١١", "۸۶۰۰۰۶۹۱۹۵۴۰۶۳۱۱",
        "8600\u{200B}0691\u{200B}9540\u{200B}6311", "86000691\u{FEFF}95406311", "8600\t0691\t9540\t6311",
        "8600\u{301}069195406311", "८६०००६९१९५४०६३११",
    ]) func aCardIsMaskedInEverySpelling(card: String) {
        for mask in [maskingCardNumbers(in:), maskingTrueCardNumbers(in:)] {
            #expect(mask("карта \(card), Каримов") == "карта 860006******6311, Каримов")
        }
    }

    @Test(arguments: [
        "86000691954063111230", "8600 0691 9540 6311 12/30", "8600069195406311/1230", "8600069195406311 1230",
    ])
    func theExpiryBehindACardDoesNotHideIt(text: String) {
        let masked = maskingTrueCardNumbers(in: text)
        #expect(masked.hasPrefix("860006******6311") && masked.hasSuffix("30") && !masked.contains("0691"), "\(masked)")
    }

    @Test(arguments: [
        "зарплата 01.11.2026 - 30.11.2026", "payroll 16.11.2026–30.11.2026", "20208000900123456001",
        "строки 12, 14, 16, 18, 20, 22, 24, 26", #"{"rows":[8600,0691,9540,6311]}"#, "12 216 417,75",
        "2026-11-30 12:05:01.123", "8600069195406311a".replacingOccurrences(of: "6311", with: "6312"),
    ]) func datesListsAndAmountsStayAsTheyAre(text: String) {
        #expect(maskingTrueCardNumbers(in: text) == text)
    }
}
