import Fixtures
import Foundation
import Testing

/// Continues ledgers that an earlier version wrote, at the bank that they belong to.
@Suite(.oneAtATime) struct EarlierLedgerRunTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func program(on name: EarlierLedger.Name) -> Program {
        var program = Program(in: folder)
        program.environment["PAYOUT_LEDGER"] = folder.path("\(name).sqlite")
        program.environment["PAYOUT_KEY_FILE"] = folder.path("\(name).key")
        program.environment["PAYOUT_RECONCILE_QUIET_PERIOD"] = "0"
        return program
    }

    @Test(arguments: EarlierLedger.Name.allCases) func theTotalsAreThoseOfThen(name: EarlierLedger.Name) async throws {
        let earlier = try EarlierLedger(name, in: folder)
        let program = program(on: name)
        for batch in earlier.batches {
            let result = try await program.run("status", batch.reference, "--json")
            #expect(result.status == 0, "\(result.errors)")
            #expect(try result.json["rows"] as? [String: Int] == batch.rows)
            #expect(try result.json["tiyin"] as? [String: Int64] == batch.tiyin)
            #expect(try result.json["fileSHA256"] as? String == batch.fileSHA256)
        }
        #expect(try await program.run("ledger", "verify").status == 0)
    }

    /// Three rows were in flight when the run was killed, and the bank has paid them.
    @Test func aRunThatWasKilledIsFinishedAndNoRowIsPaidTwice() async throws {
        let earlier = try EarlierLedger(.killed, in: folder)
        let rows = try #require(earlier.batches.first?.payouts)
        var program = program(on: .killed)
        let bank = try await ServedSandbox(
            program, "--journal", folder.path("bank.journal"), "--repeats", "doubleDebit")
        program.environment.merge(bank.settings) { $1 }
        let paid = Set(try bank.debits())
        #expect(paid.count == rows.filter { ["paid", "sending"].contains($0.state) }.count)
        // The bank had another port at that time.
        let result = try await program.run("run", "payroll", "--yes", "--same-bank", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let debits = try bank.debits()
        #expect(debits.map(\.agentTranId).sorted() == rows.flatMap(\.attempts).map(\.agentTranID).sorted())
        #expect(paid.isSubset(of: debits))
        #expect(try (result.json["rows"] as? [String: Int])?["paid"] == rows.count)
    }
}
