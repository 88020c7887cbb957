import Bookkeeping
import Fixtures
import Foundation
import GRDB
import PaymentValues
import Payouts
import Sandbox

/// Checks what must be true of the ledger, the inbox and the bank's debits whenever no process writes.
extension Simulation {
    func check(_ moment: String) throws {
        let before = report.violations.count
        try checkInbox()
        try withLedger(who: "auditor") { ledger in
            // Checks integrity, foreign keys, sums, legal transitions, and the event log against the states.
            for fault in try ledger.verify() { violate(fault) }
            for fault in try ModelledLog.faults(inLedgerAt: ledger.path) { violate(fault) }
            let batches = try ledger.batches()
            if batches.count > 1 { violate("one file became \(batches.count) batches") }
            guard let batch = batches.first else {
                // A crash or an older copy undid the import. So forget what people said about it.
                paperwork = Paperwork(file: file.contents)
                return
            }
            paperwork.maker = String(batch.importedBy.prefix { $0 != "@" })
            try comparePaperwork(with: ledger, batch)
            let rows = try reportRows(of: ledger)
            let attempts = try attempts(of: ledger)
            for attempt in attempts { rowsOfIDs[attempt.id] = attempt.row }
            checkSends(attempts)
            checkDebits(rows)
            checkNothingTold(isMissingFrom: try movesOnRecord(of: ledger))
        }
        if report.violations.count > before { note("(found \(moment))") }
    }

    private func comparePaperwork(with ledger: Ledger, _ batch: BatchRecord) throws {
        let (rows, approvals) = try DatabaseQueue(path: ledger.path, configuration: Self.readOnly).read { db in
            (
                try Int.fetchAll(db, sql: "SELECT row FROM correction ORDER BY id"),
                try Int.fetchOne(db, sql: "SELECT count(*) FROM approval") ?? 0
            )
        }
        let hasAcceptedWarnings = batch.warningsAcceptedBy != nil
        if story.hasWarning, hasAcceptedWarnings, !paperwork.acceptsWarnings {
            violate("the ledger says that warnings are accepted, and nobody accepted them")
        }
        if let row = paperwork.match(rows, approvals: approvals, hasAcceptedWarnings: hasAcceptedWarnings) {
            violate("row \(row): nobody asked for its correction")
        }
    }

    private struct Attempt {
        let id: Int64
        let row: Int
        let sends: Int
    }

    private func attempts(of ledger: Ledger) throws -> [Attempt] {
        try DatabaseQueue(path: ledger.path, configuration: Self.readOnly).read { db in
            try Row.fetchAll(db, sql: "SELECT agentTranID, row, sends FROM attempt").map {
                Attempt(id: $0[0], row: $0[1], sends: $0[2])
            }
        }
    }

    /// Returns the number of recorded state changes of each row. The changes of a process that died count as its own.
    private func movesOnRecord(of ledger: Ledger) throws -> [Int: Int] {
        try DatabaseQueue(path: ledger.path, configuration: Self.readOnly).read { db in
            try Row.fetchAll(
                db, sql: "SELECT row, count(*) FROM event WHERE row IS NOT NULL AND toState IS NOT NULL GROUP BY row"
            ).reduce(into: [:]) { $0[$1[0]] = $1[1] }
        }
    }

    private static var readOnly: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        return configuration
    }

    /// Checks that no request left for the bank without an earlier claim on disk.
    private func checkSends(_ attempts: [Attempt]) {
        for attempt in attempts {
            let sends = sends[attempt.id, default: 0] - sendsForgotten[attempt.id, default: 0]
            if sends > attempt.sends {
                violate("row \(attempt.row) was sent \(sends) times, and claimed \(attempt.sends) times")
            }
        }
    }

    private func checkDebits(_ rows: [StatementRow]) {
        var debits: [Int: [Debit]] = [:]
        for debit in bank.debits {
            guard let row = rowsOfIDs[debit.agentTranId] else {
                violate("a debit of the id \(debit.agentTranId), which is no row's")
                continue
            }
            debits[row, default: []].append(debit)
        }
        for row in rows {
            let all = debits[row.row, default: []]
            let standing = all.filter { $0.reversedAt == nil }
            if standing.count > 1 { violate("row \(row.row) was DEBITED TWICE") }
            switch row.state {
            case .paid: checkPaid(row, all)
            case .queued where movesTold[row.row] == nil && isRebuilt:
                // A rebuilt ledger has not asked the bank yet.
                break
            case .refused where movesTold[row.row] == nil && isRebuilt:
                // An old ledger and its old journal do not know a later rerun. The next rerun asks the bank first.
                break
            case .queued, .refused, .withdrawn:
                if !standing.isEmpty { violate("row \(row.row) is \(row.state), and was debited") }
            case .sending, .unknown, .review: break
            }
        }
    }

    private func checkPaid(_ row: StatementRow, _ debits: [Debit]) {
        let own = debits.filter { $0.agentTranId == row.id.number }
        guard own.count == 1, let debit = own.first else {
            return violate("row \(row.row) is paid, and has \(own.count) debits")
        }
        let isKnown = everSaid[row.row, default: []].contains {
            debit.amountTiyin == $0.amount.count && debit.pan == $0.card.digits
        }
        if !isKnown {
            violate("row \(row.row): the debit is of another card or amount")
        }
        if let receipt = row.receipt, receipt.bmID != debit.bmId {
            violate("row \(row.row): the report has another bmId than the bank")
        }
    }

    /// Checks that everything reported to the program as durable is on disk.
    private func checkNothingTold(isMissingFrom moves: [Int: Int]) {
        for (row, told) in movesTold where moves[row, default: 0] < told {
            violate("row \(row): \(told) moves were told, and \(moves[row, default: 0]) are on record")
        }
    }
}
