import Fixtures
import Foundation
import GRDB
import Logging
import PaymentValues
import Payouts
import Synchronization

@testable import Bookkeeping
@testable import Processing

/// A batch in a real ledger, with everything to run it against a scripted bank.
struct RunFixture {
    let folder: TemporaryFolder
    let ledger: Ledger
    let time = TestTime()

    init(rows: Int) throws {
        folder = try TemporaryFolder()
        let time = time
        ledger = try Ledger(in: folder, now: { time.now })
        _ = try ledger.importBatch(Samples.batch(rows: rows), isDeliberate: false)
    }

    @discardableResult
    func run(
        _ bank: ScriptedBank, concurrency: Int = 4, whenNotFound: ReconciliationPolicy.WhenNotFound = .review,
        quietPeriod: Duration = .seconds(600), stop: StopSignal = StopSignal(),
        change: (inout RunOptions) -> Void = { _ in }
    ) async throws -> RunEnding {
        var options = RunOptions(
            bankAddress: "https://bank.example", senderName: "ACME", concurrency: concurrency,
            stopRules: StopRules(suspectCodes: [ReasonCode(rawValue: "invalid_params")]))
        options.patience = .zero
        change(&options)
        let runner = BatchRunner(
            ledger: ledger, commits: CommitQueue(ledger: ledger), bank: bank,
            policy: ReconciliationPolicy(
                hardTimeout: .seconds(60), quietPeriod: quietPeriod, whenNotFound: whenNotFound),
            options: options, time: time.source, random: RandomSource(SeededGenerator(seed: 7)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, watch: { _ in })
        return try await runner.run(try ledger.batch(named: "payroll"), stop: stop)
    }

    /// Returns the agentTranId of the first attempt at the first row.
    func firstID() throws -> AgentTransactionID? {
        let batch = try ledger.batch(named: "payroll")
        return try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 1).first?.attempt.id
    }

    /// Returns the agentTranIds of the rows that are not sent yet, in the file's order.
    func ids() throws -> [AgentTransactionID] {
        let batch = try ledger.batch(named: "payroll")
        return try ledger.pending(in: batch, senderName: "ACME", after: 0, limit: 100).map(\.attempt.id)
    }

    /// Changes the ledger as another program could.
    func spoilCard(ofRow row: Int) throws {
        try ledger.write { db in
            try db.execute(sql: "UPDATE payout SET sealedCard = x'00' WHERE row = ?", arguments: [row])
        }
    }

    func rows(_ state: PayoutState) throws -> Int {
        try statement()[state].rows
    }

    func statement() throws -> BatchStatement {
        try ledger.statement(of: try ledger.batch(named: "payroll").id)
    }
}
