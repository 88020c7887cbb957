import Fixtures
import Foundation
import PaymentValues
import Payouts
import Reports
import Testing

@testable import WebDesk

/// Numbers, plural forms and amounts as people write them.
@Suite struct LanguageTests {
    @Test(arguments: [
        (0, "0 выплат"), (1, "1 выплата"), (2, "2 выплаты"), (4, "4 выплаты"), (5, "5 выплат"), (11, "11 выплат"),
        (12, "12 выплат"), (14, "14 выплат"), (21, "21 выплата"), (22, "22 выплаты"), (25, "25 выплат"),
        (100, "100 выплат"), (101, "101 выплата"), (111, "111 выплат"), (112, "112 выплат"),
        (1_002, "1\u{A0}002 выплаты"),
    ])
    func russianCountsInThreeForms(number: Int, text: String) {
        #expect(Wording.of(.ru)("payoutCount", count: number) == text)
    }

    @Test func uzbekHasOneFormAndEnglishTwo() {
        #expect(Wording.of(.uz)("payoutCount", count: 1) == "1 ta to‘lov")
        #expect(Wording.of(.uz)("payoutCount", count: 5) == "5 ta to‘lov")
        #expect(Wording.of(.en)("payoutCount", count: 1) == "1 payout")
        #expect(Wording.of(.en)("payoutCount", count: 0) == "0 payouts")
        #expect(Wording.of(.en)("payoutCount", count: 21) == "21 payouts")
    }

    @Test(arguments: [
        (1, "со счёта", String?.none), (2, "со счетов", nil), (6, "со счетов", "и ещё с 1 счёта"),
        (21, "со счетов", "и ещё с 16 счетов"), (26, "со счетов", "и ещё с 21 счёта"),
    ])
    func accountsAreCountedInRussian(count: Int, from: String, more: String?) {
        let accounts = Array(repeating: Samples.account, count: count)
        let view = TotalsView(.zero, accounts: accounts, in: .of(.ru))
        #expect(view.fromAccounts == from && view.moreAccounts == more && view.accounts.count == min(count, 5))
    }

    @Test func figuresAreGroupedAndNeverBroken() {
        #expect(Figures.number(0) == "0")
        #expect(Figures.number(999) == "999")
        #expect(Figures.number(1_234_567) == "1\u{A0}234\u{A0}567")
        #expect(Figures.number(-1_000) == "\u{2212}1\u{A0}000")
        #expect(Figures.amount(Tiyin(12_345_678_900)) == "123\u{A0}456\u{A0}789,00")
        #expect(Figures.amount(Tiyin(-5)) == "\u{2212}0,05")
    }

    @Test func timesAreThoseOfUzbekistan() throws {
        let figures = Figures(timeZone: try #require(TimeZone(identifier: "Asia/Tashkent")))
        let date = try Date("2026-11-24T19:05:09Z", strategy: .iso8601)
        #expect(figures.dateTime(date) == "25.11.2026\u{A0}00:05")
        #expect(figures.machine(date) == "2026-11-25T00:05:09+0500")
    }

    @Test(arguments: [
        (0, "ноль сумов 00 тийинов"), (1, "ноль сумов 01 тийин"), (100, "один сум 00 тийинов"),
        (202, "два сума 02 тийина"), (1_150, "одиннадцать сумов 50 тийинов"),
        (100_000, "одна тысяча сумов 00 тийинов"),
        (222_221_21, "двести двадцать две тысячи двести двадцать один сум 21 тийин"),
        (
            12_345_678_911,
            "сто двадцать три миллиона четыреста пятьдесят шесть тысяч семьсот восемьдесят девять сумов 11 тийинов"
        ),
        (100_000_000_000_00, "сто миллиардов сумов 00 тийинов"), (1_000_005_00, "один миллион пять сумов 00 тийинов"),
    ])
    func amountsAreWrittenOutInRussian(tiyin: Int64, text: String) {
        #expect(AmountInWords(Tiyin(tiyin), in: .ru).text == text)
    }

    @Test(arguments: [
        (0, "nol so‘m 00 tiyin"), (1_900, "o‘n to‘qqiz so‘m 00 tiyin"),
        (
            12_345_678_907,
            "bir yuz yigirma uch million to‘rt yuz ellik olti ming yetti yuz sakson to‘qqiz so‘m 07 tiyin"
        ),
    ])
    func amountsAreWrittenOutInUzbek(tiyin: Int64, text: String) {
        #expect(AmountInWords(Tiyin(tiyin), in: .uz).text == text)
    }

    @Test(arguments: [
        (0, "zero so‘m 00 tiyin"), (2_100, "twenty-one so‘m 00 tiyin"), (4_000, "forty so‘m 00 tiyin"),
        (
            12_345_678_907,
            "one hundred twenty-three million four hundred fifty-six thousand seven hundred eighty-nine so‘m 07 tiyin"
        ),
    ])
    func amountsAreWrittenOutInEnglish(tiyin: Int64, text: String) {
        #expect(AmountInWords(Tiyin(tiyin), in: .en).text == text)
    }

    @Test func theLargestAmountHasWordsToo() {
        for language in Language.allCases {
            #expect(AmountInWords(Tiyin(.max), in: language).text.contains("92") == false)
        }
    }

    @Test(arguments: [
        ("uz-UZ,uz;q=0.9,en;q=0.5", Language.uz), ("en-GB,en", .en), ("de,fr;q=0.8,ru;q=0.5", .ru), ("", .ru),
        ("kk-KZ", .ru),
    ])
    func aPageUsesTheFirstKnownLanguageThatTheBrowserAsksFor(header: String, language: Language) {
        #expect(SessionMiddleware.preferred(header) == language)
    }
}
