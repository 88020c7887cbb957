import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import PayoutFiles

/// Tests the answers of a person or a setting to what a file leaves open.
@Suite struct FileChoicesTests {
    private static let header = "№,ФИО,№ карты,Годен до,Сумма к выплате"
    private static let row = "1,Каримов,\(PayrollText.cards[0]),04/27,1500"
    private let account = valid { try SettlementAccount(PayrollText.account) }
    private let bankCode = valid { try BankCode("01183") }

    private func read(_ lines: String..., choosing change: (inout FileChoices) -> Void) -> ReadFile {
        var options = PayrollText.november2026
        change(&options.choices)
        return PayrollText.read(lines.map { $0 + "\n" }.joined(), options: options)
    }

    @Test(arguments: zip(AmountUnit.allCases, [150_000, 1_500])) func theUnitThatIsChosenCounts(
        unit: AmountUnit, sum: Int64
    ) {
        let file = read("account,mfo,pan,exp,Summa", PayrollText.row(amount: "1500")) { $0.unit = unit }
        #expect(file.findings.isEmpty && file.totals.sum == Tiyin(sum) && file.openUnit == nil)
    }

    @Test func aChosenUnitChangesNothingWhereTheHeaderSaysIt() {
        for (heading, sum) in [
            ("amount", 1500), ("сумма в тийинах", 1500), ("amount_uzs", 150_000), ("summa so'mda", 150_000),
        ] {
            for unit in AmountUnit.allCases {
                let file = read("account,mfo,pan,exp,\(heading)", PayrollText.row(amount: "1500")) { $0.unit = unit }
                #expect(file.totals.sum == Tiyin(Int64(sum)), "\(heading)")
            }
        }
    }

    @Test func bothSumsAreKnownWhileTheUnitIsNot() {
        let whole = read("account,mfo,pan,exp,сумма", PayrollText.row(amount: "1500")) { _ in }
        #expect(whole.openUnit == OpenUnit(rows: 1, som: Tiyin(150_000), tiyin: Tiyin(1_500)))
        #expect(!whole.isPayable && whole.totals.rows == 0 && whole.payouts.isEmpty)
        let decimals = read("account,mfo,pan,exp,сумма", PayrollText.row(amount: "1500.50")) { _ in }
        #expect(decimals.openUnit == OpenUnit(rows: 1, som: Tiyin(150_050), tiyin: nil))
    }

    @Test func accountAndMFOMayBeChosenForAllRows() {
        let file = read(Self.header, Self.row) {
            ($0.account, $0.bankCode, $0.unit) = (account, bankCode, .som)
        }
        #expect(file.findings.isEmpty && file.payouts.first?.account == account)
        #expect(file.payouts.first?.bankCode == bankCode && file.accounts == [account])
        #expect(file.payouts.first?.expiry.mmyy == "0427")
    }

    @Test func aColumnOfAccountsIsStrongerThanAChoice() {
        let other = valid { try SettlementAccount("20208000900123456002") }
        let file = read(PayrollText.header, PayrollText.row()) { ($0.account, $0.bankCode) = (other, bankCode) }
        #expect(file.payouts.first?.account == account && file.findings.isEmpty)
    }

    @Test func aTitleWithAnotherAccountThanTheChosenOneIsTold() {
        let other = valid { try SettlementAccount("20208000900123456002") }
        let file = read("Р/с \(other.digits)", Self.header, Self.row) {
            ($0.account, $0.bankCode, $0.unit) = (account, bankCode, .som)
        }
        #expect(file.problems == [.otherAccountInTitle(account.digits)] && file.payouts.first?.account == account)
    }

    @Test func aHeadingOfTheSendersOwnIsKnown() {
        let file = read(
            "счет,мфо,Пластик работника,exp,Премия,Сумма в сумах",
            "\(account.digits),01183,\(PayrollText.cards[0]),0427,7,9"
        ) {
            $0.add("пластик Работника", as: .pan)
            $0.add("Премия", as: .amountUZS)
        }
        #expect(file.findings.isEmpty && file.totals.sum == Tiyin(700) && file.ignoredColumns == ["Сумма в сумах"])
    }

    @Test func aPersonMaySayWhatEachColumnIs() {
        let lines = ["a,b,c,d,e,f", "\(account.digits),01183,\(PayrollText.cards[0]),0427,7,x"]
        let asked = read(lines[0], lines[1]) { _ in }
        #expect(asked.problems == [.noHeader] && asked.headings.map(\.text) == ["a", "b", "c", "d", "e", "f"])
        let file = read(lines[0], lines[1]) {
            $0.headerRow = 1
            $0.places = [0: .account, 1: .mfo, 2: .pan, 3: .exp, 4: .amountUZS, 5: .name]
        }
        #expect(file.findings.isEmpty && file.payouts.first?.name == "x")
        // The answer may be changed.
        #expect(file.headings.map(\.column) == [.account, .mfo, .pan, .exp, .amountUZS, .name])
        let doubled = read("account,mfo,card,pan,exp,amount", "\(account.digits),01183,\(PayrollText.cards[0]),,0427,7")
        {
            ($0.headerRow, $0.places) = (1, [3: nil])
        }
        #expect(doubled.findings.isEmpty)
    }

    @Test func aPayoutIsNeverReadAsAHeader() {
        let rows = (0...1).map { "\(account.digits),01183,\(PayrollText.cards[$0]),0427,7" }
        let file = read(rows[0], rows[1]) { choices in
            choices.headerRow = 1
            choices.places = [0: .account, 1: .mfo, 2: .pan, 3: .exp, 4: .amountUZS]
        }
        #expect(file.problems == [.noHeader] && file.headings.isEmpty && file.headingsKey == nil)
    }

    @Test func theChosenColumnIsRememberedForFilesWithTheSameHeadings() throws {
        let (header, values) = ("счет,мфо,Хумо,exp,amount", "\(account.digits),01183,\(PayrollText.cards[0]),0427,7")
        let key = try #require(read(header, values) { _ in }.headingsKey)
        let same = read("СЧЁТ,МФО,хумо,exp,amount", values) { $0.remembered = [key: [2: .pan]] }
        #expect(same.findings.isEmpty && same.headings.map(\.column) == [.account, .mfo, .pan, .exp, .amount])
        let other = read(header + ",ФИО", values + ",x") { $0.remembered = [key: [2: .pan]] }
        #expect(other.problems == [.missingColumn])
        // A setting is stronger, and so is a person.
        let unused = read(header, values) {
            $0.remembered = [key: [2: .pan]]
            ($0.headerRow, $0.places) = (1, [2: nil])
        }
        #expect(unused.problems == [.missingColumn])
    }

    @Test(arguments: [("Хумо", true), ("Итого", true), ("Сумма", false)])
    func anAmountWithoutAUnitIsAskedForEachTime(heading: String, isRemembered: Bool) {
        let file = read("a,b,c,d,\(heading)", "1,2,3,4,5") {
            ($0.headerRow, $0.places) = (1, [4: .amountUZS])
        }
        #expect(file.headings.last?.mayBeRemembered == isRemembered)
    }

    @Test func dataIsNotRemembered() {
        #expect(HeadingsKey(["Каримов", "860006******6311"]) == nil && HeadingsKey(["", ""]) == nil)
        #expect(HeadingsKey(["№", "Карта (16 цифр)"]) != nil)
    }

    @Test func everyHeadingHasOneMeaningAndIsInTheDocs() throws {
        let docs = try String(contentsOf: Checkout.file("docs/file-format.md"), encoding: .utf8)
        for (column, headings) in Column.headings {
            for heading in headings {
                #expect(Column(header: heading.uppercased()) == column, "\(heading)")
                // An earlier name, which no text for people uses any more.
                if heading == "sender's account" { continue }
                let isDerived = column == .amount || column == .amountUZS
                #expect(isDerived && !Column.sums.contains(heading) || docs.contains("*\(heading)*"), "\(heading)")
            }
        }
    }
}
