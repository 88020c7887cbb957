import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

/// A month of a company, as one story with the built program.
@Suite(.oneAtATime) struct CompanyMonthTests {
    private let folder: TemporaryFolder
    private let accountant: Program
    private let director: Program
    private let bank: ServedSandbox

    init() async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        bank = try await ServedSandbox(program)
        program.environment.merge(bank.settings) { $1 }
        program.environment["PAYOUT_REQUIRE_APPROVAL"] = "true"
        program.environment["PAYOUT_RECONCILE_QUIET_PERIOD"] = "0"
        program.environment["PAYOUT_REQUEST_TIMEOUT"] = "2"
        program.environment["SUDO_USER"] = "dilnoza"
        accountant = program
        program.environment["SUDO_USER"] = "rustam"
        director = program
    }

    /// Test cards; docs/sandbox.md says how the bank treats them.
    private enum Card {
        static let notActive = "8600000000000023"
        static let lostBeforeItWasPaid = "8600000000000148"
        static let debitedAndToBeTakenBack = "8600000000000239"
    }

    private func write(_ name: String, header: String = "account,mfo,pan,exp,amount", _ lines: [String]) throws {
        try Data(([header] + lines).map { $0 + "\n" }.joined().utf8)
            .write(to: URL(fileURLWithPath: folder.path(name)))
    }

    private func line(_ card: String, _ tiyin: Int, mfo: String = "01183") -> String {
        "20208000900123456001,\(mfo),\(card),1230,\(tiyin)"
    }

    private func ordinary(_ serials: ClosedRange<Int>) -> [String] {
        serials.map { line(Samples.card($0).digits, 100_000 + $0) }
    }

    private func expect(
        _ result: Program.Result, _ status: Int32, saying text: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
        #expect(text.isEmpty || result.errors.contains(text), "\(result.errors)", sourceLocation: sourceLocation)
    }

    private func approve(_ batch: String, rows: Int, tiyin: Int) async throws {
        expect(
            try await director.run("approve", batch, "--rows", "\(rows)", "--sum", "\(tiyin) tiyin"), 0,
            saying: "approved by rustam")
    }

    @Test func atTheEndOfTheMonthTheReportsAreTheBanksDebits() async throws {
        // The 5th: the payroll. The director approves it. The bank refuses one row, and two are unclear.
        let payroll =
            ordinary(1...20) + [
                line(Card.notActive, 700_000), line(Card.lostBeforeItWasPaid, 800_000),
                line(Card.debitedAndToBeTakenBack, 900_000),
            ]
        let payrollSum = (1...20).reduce(0) { $0 + 100_000 + $1 } + 2_400_000
        try write("payroll.csv", payroll)
        expect(try await accountant.run("run", "payroll.csv", "--yes"), 77, saying: "needs the approval of")
        try await approve("payroll", rows: 23, tiyin: payrollSum)
        expect(try await accountant.run("run", "payroll", "--yes"), 11)

        // The 10th: the cashback, from a spreadsheet that dropped leading zeros. Then the same file, fixed.
        try write("cashback.csv", (21...30).map { line(Samples.card($0).digits, 100_000 + $0, mfo: "1183") })
        expect(try await accountant.run("import", "cashback.csv"), 65, saying: "nothing was stored")
        try write("cashback.csv", ordinary(21...30))
        expect(try await accountant.run("import", "cashback.csv"), 0)
        try await approve("cashback", rows: 10, tiyin: (21...30).reduce(0) { $0 + 100_000 + $1 })

        // The next night the bank is down. A night later it is back.
        var withoutBank = accountant
        withoutBank.environment["PAYOUT_BANK_URL"] = "http://127.0.0.1:9"
        expect(try await withoutBank.run("run", "cashback", "--yes"), 69, saying: "cannot be reached")
        expect(try await accountant.run("run", "cashback", "--yes"), 0)

        // The 20th: the bonuses. Somebody imports them a second time under another name.
        try write("bonus.csv", ordinary(31...35))
        expect(try await accountant.run("import", "bonus.csv"), 0)
        try await approve("bonus", rows: 5, tiyin: (31...35).reduce(0) { $0 + 100_000 + $1 })
        expect(try await accountant.run("run", "bonus", "--yes"), 0)
        try FileManager.default.copyItem(atPath: folder.path("bonus.csv"), toPath: folder.path("bonus-copy.csv"))
        expect(try await accountant.run("import", "bonus-copy.csv"), 65, saying: "imported already, as bonus")

        // The 25th: rows of the payroll that need a decision. One gets another card and a lower amount, so the director
        // must approve again.
        try write("fix.csv", header: "row,pan,exp,amount", ["22,\(Samples.card(99).digits),0331,650000"])
        expect(
            try await accountant.run("rerun", "payroll", "--corrections", "fix.csv", "--yes"), 77,
            saying: "needs the approval of")
        try await approve("payroll", rows: 23, tiyin: payrollSum - 50_000)
        expect(try await accountant.run("run", "payroll", "--yes"), 11)

        // The bank writes a letter about the other two rows.
        let letter = ["--note", "the bank's letter of the 26th"]
        for (row, decision) in [("23", "--not-paid"), ("24", "--paid")] {
            expect(try await accountant.start(["resolve", "payroll", "--row", row, decision] + letter).wait(), 0)
        }
        expect(try await accountant.start(["withdraw", "payroll", "--rows", "23"] + letter).wait(), 0)
        expect(try await accountant.run("run", "payroll", "--yes"), 0)

        // The end of the month.
        var paid = 0
        for batch in ["payroll", "cashback", "bonus"] {
            let status = try await accountant.run("status", batch, "--json")
            let tiyin = try #require(try status.json["tiyin"] as? [String: Int])
            let ended = tiyin["paid", default: 0] + tiyin["withdrawn", default: 0]
            #expect(tiyin["total"] == ended)
            expect(try await accountant.run("report", batch), 0)
            #expect(try sumOfPaidRows(in: batch) == tiyin["paid"])
            paid += tiyin["paid", default: 0]
        }
        let debits = try bank.debits()
        let debited = debits.reduce(0) { $0 + Int($1.amount) }
        #expect(debited == paid)
        let ids = Set(debits.map(\.agentTranId))
        #expect(ids.count == debits.count)
        #expect(debits.count == 37)
        let attempts = try Spreadsheet(folder.path("output/payroll.xlsx")).rows(of: "Attempts").dropFirst()
        let tried = attempts.map { $0[0] }
        #expect(tried == ["22", "22"], "the row that was tried twice, each time")
        #expect(try await accountant.run("review", "payroll").output.contains("No row waits for a decision"))
        try await expectThatTheStatementAgrees(debits: debits.count, tiyin: debited)
    }

    /// Compares the bank's own statement with the ledger, in two formats, and writes the month's register.
    private func expectThatTheStatementAgrees(debits: Int, tiyin: Int) async throws {
        let (month, from, to) = Self.thisMonth
        let part = "sandbox/statements/20208000900123456001/\(from)/\(to)"
        for format in ["camt053", "1c"] {
            let name = "statement-\(format).txt"
            try Data(contentsOf: bank.baseURL.appendingPathComponent("\(part)/\(format)"))
                .write(to: URL(fileURLWithPath: folder.path(name)))
        }
        try Data("1CClientBankExchange\nКодировка=UTF-8\n".utf8)
            .write(to: URL(fileURLWithPath: folder.path("cut.txt")))
        expect(try await accountant.run("statement", "cut.txt"), 65, saying: "nothing was stored. Errors: 5\n  ")

        let before = try await accountant.run("month", month, "--json")
        expect(before, 0)
        #expect(try before.json["agreedWithStatement"] is NSNull)
        let result = try await accountant.run("statement", "statement-1c.txt", "--json")
        expect(result, 0)
        let agreed = try #require(try result.json["agreed"] as? [String: Any])
        #expect(agreed["count"] as? Int == debits && agreed["tiyin"] as? Int == tiyin, "\(result.output)")
        for outcome in ["paidNotOnStatement", "onStatementNotPaid", "twice", "otherAmount", "returned", "ambiguous"] {
            #expect(try (result.json[outcome] as? [String: Int])?["count"] == 0, "\(outcome)")
        }
        expect(try await accountant.run("statement", "statement-camt053.txt"), 65, saying: "is closed")
        let register = try await accountant.run("month", month, "--json")
        expect(register, 0)
        #expect(try register.json["agreedWithStatement"] as? Bool == true, "\(register.output)")
        #expect(try (register.json["total"] as? [String: Any])?["tiyin"] as? Int == tiyin)
        let rows = try Spreadsheet(folder.path("output/month-\(month).xlsx")).rows(of: "Batches")
        #expect(rows.contains { $0[0] == "payroll" } && rows.contains { $0[0].hasPrefix("Sum in words") })
    }

    /// The month, its first day and its last day in Tashkent.
    private static var thisMonth: (month: String, from: String, to: String) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 5 * 3600) ?? .gmt
        let now = calendar.dateComponents([.year, .month], from: Date())
        let days = calendar.range(of: .day, in: .month, for: Date())?.count ?? 28
        let month = String(format: "%04d-%02d", now.year ?? 0, now.month ?? 0)
        return (month, "\(month)-01", "\(month)-\(days)")
    }

    /// Returns the total of paid rows in the workbook, added up by openpyxl.
    private func sumOfPaidRows(in batch: String) throws -> Int {
        let rows = try Spreadsheet(folder.path("output/\(batch).xlsx")).rows(of: "Rows")
        let amount = try #require(rows[0].firstIndex(of: "Amount, so‘m"))
        let state = try #require(rows[0].firstIndex(of: "State"))
        return try rows.filter { $0[state] == "paid" }.reduce(0) { sum, row in
            sum + Int((try #require(Double(row[amount])) * 100).rounded())
        }
    }
}
