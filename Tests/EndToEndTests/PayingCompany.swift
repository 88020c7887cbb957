import Fixtures
import Foundation
import Testing

/// A company that pays one file at a bank that pays every request. Only the company's own records prevent a second
/// payment.
struct PayingCompany {
    let folder: TemporaryFolder
    let program: Program
    let file: PayoutCSV
    let bank: ServedSandbox
    let files: LedgerFiles
    let rows: Int

    /// - Parameter fileName: determines the name of the batch.
    init(rows: Int = 60, fileName: String = "payroll.csv") async throws {
        folder = try TemporaryFolder()
        var program = Program(in: folder)
        file = try PayoutCSV(rows: rows, in: folder, name: fileName)
        bank = try await ServedSandbox(program, "--latency", "60", "--repeats", "doubleDebit")
        program.environment.merge(bank.settings) { $1 }
        // No request is late on loopback, so the bank's “not found” can be trusted at once.
        program.environment.merge([
            "PAYOUT_LEDGER": folder.path("payouts.sqlite"), "PAYOUT_CONCURRENCY": "32", "PAYOUT_REQUEST_TIMEOUT": "5",
            "PAYOUT_RECONCILE_QUIET_PERIOD": "0", "PAYOUT_RECONCILE_WHEN_NOT_FOUND": "resend",
        ]) { $1 }
        self.program = program
        self.rows = rows
        files = LedgerFiles(
            ledger: folder.path("payouts.sqlite"), keyFile: folder.path("home/.config/payout/ledger.key"))
    }

    // MARK: Working

    func run(_ more: String..., by program: Program? = nil) async throws -> Program.Result {
        try await (program ?? self.program).start(["run", file.path, "--yes", "--json"] + more).wait()
    }

    /// Imports the file and sends nothing.
    func importFile() async throws {
        let result = try await program.run("import", file.path)
        try #require(result.status == 0, "\(result.errors)")
    }

    /// Starts a run, and kills it once the bank has received this many payouts in total.
    ///
    /// - Returns: the number of debits, after all requests in flight have arrived.
    @discardableResult
    func runToKill(
        at posts: Int, by program: Program? = nil, _ arguments: [String]? = nil
    ) async throws -> Int {
        var slow = program ?? self.program
        // Slow enough to be killed.
        slow.environment["PAYOUT_CONCURRENCY"] = "4"
        let running = try slow.start(arguments ?? ["run", file.path, "--yes"])
        try await running.wait(until: { try bank.requests().pay >= posts || !running.process.isRunning })
        running.signal(SIGKILL)
        let result = try await running.wait()
        try #require(result.status == SIGKILL, "the run ended before it was killed: \(result.errors)")
        try await running.wait(until: { try bank.debits().count == bank.requests().pay })
        return try bank.debits().count
    }

    /// States what happened. Exit code 11 means that the journal has put the ledger right.
    func recover(_ word: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let posts = try bank.requests().pay
        let result = try await program.run("ledger", "recover", word)
        #expect([0, 11].contains(result.status), "\(result.errors)", sourceLocation: sourceLocation)
        #expect(try bank.requests().pay == posts, sourceLocation: sourceLocation)
    }

    // MARK: Expectations

    func expectNoRowPaidTwice(_ when: String = "", sourceLocation: SourceLocation = #_sourceLocation) throws {
        let debits = try bank.debits()
        let twice = debits.count - min(Set(debits.map(\.agentTranId)).count, Set(debits.map(\.card)).count)
        #expect(twice == 0, "\(twice) of \(rows) rows were paid twice \(when)", sourceLocation: sourceLocation)
    }

    /// Runs again until no row is left, as cron does.
    func expectThatItFinishes(
        by program: Program? = nil, _ more: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var last: Program.Result?
        for _ in 1...8 where last?.status != 0 {
            last = try await (program ?? self.program).start(["run", file.path, "--yes", "--json"] + more).wait()
        }
        let result = try #require(last)
        #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
        try expectNoRowPaidTwice(sourceLocation: sourceLocation)
        #expect(try bank.debits().count == rows, sourceLocation: sourceLocation)
        #expect(try (result.json["rows"] as? [String: Int])?["paid"] == rows, sourceLocation: sourceLocation)
    }

    /// Expects a refusal to send: the ledger cannot be trusted, and only a person knows what happened.
    ///
    /// - Parameter words: the words that the message must have, including the next step.
    func expectThatNothingIsSent(
        _ words: String..., by program: Program? = nil, arguments: [String]? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let posts = try bank.requests().pay
        let result = try await (program ?? self.program).start(arguments ?? ["run", file.path, "--yes", "--json"])
            .wait()
        #expect(result.status == 74, "\(result.errors)", sourceLocation: sourceLocation)
        for word in words {
            #expect(result.errors.contains(word), "“\(word)”: \(result.errors)", sourceLocation: sourceLocation)
        }
        #expect(try bank.requests().pay == posts, sourceLocation: sourceLocation)
    }

    /// Expects that the run finds sends that only the journal knows, asks about them and reports them.
    ///
    /// - Parameter forgotten: the number of such rows; `nil` if the damage does not determine it.
    func expectThatItIsPutRight(
        forgotten: Int?, _ arguments: [String]? = nil, by program: Program? = nil,
        saying: String = "is behind its send journal", sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let paid = Set(try bank.debits().map(\.agentTranId))
        let result = try await (program ?? self.program).start(arguments ?? ["run", file.path, "--yes", "--json"])
            .wait()
        try expectNoRowPaidTwice(sourceLocation: sourceLocation)
        #expect(paid.isSubset(of: try bank.debits().map(\.agentTranId)), sourceLocation: sourceLocation)
        #expect([11, 75].contains(result.status), "\(result.errors)", sourceLocation: sourceLocation)
        #expect(result.errors.contains(saying), "\(result.errors)", sourceLocation: sourceLocation)
        let name = "“" + URL(fileURLWithPath: file.path).deletingPathExtension().lastPathComponent + "”"
        #expect(result.errors.contains(name), "\(result.errors)", sourceLocation: sourceLocation)
        if let forgotten {
            #expect(result.errors.contains("\(forgotten) row"), "\(result.errors)", sourceLocation: sourceLocation)
        }
        guard arguments == nil else { return }
        let document = try #require(
            try result.json["ledgerPutRight"] as? [String: Any], "\(result.output)", sourceLocation: sourceLocation)
        let rows = document["rows"] as? Int
        let batches = document["batches"] as? [[String: Any]] ?? []
        #expect((rows ?? 0) > 0 && (forgotten == nil || rows == forgotten), sourceLocation: sourceLocation)
        #expect(batches.map { $0["reference"] as? String } == ["payroll"], sourceLocation: sourceLocation)
        #expect(batches.map { $0["rows"] as? Int } == [rows], sourceLocation: sourceLocation)
    }
}
