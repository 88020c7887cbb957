import AnorBank
import Bookkeeping
import Foundation
import PaymentValues
import Payouts
import Processing
import Sandbox

/// The actions of people on a batch, made by other processes than the run.
extension Simulation {
    /// Carries out an action between two lives of the program. If the journal turns out to be damaged, does what the
    /// program advises.
    func carryOut(_ deed: Story.Deed, under life: Story.Life) async throws {
        do {
            try await tryToCarryOut(deed, under: life)
        } catch LedgerError.journalUnusable {
            tally("recovered by a person")
            try recover(.older)
        }
    }

    private func tryToCarryOut(_ deed: Story.Deed, under life: Story.Life) async throws {
        switch deed.kind {
        case .resolve, .withdraw: try decide(deed.kind)
        case .loseLedger:
            note("the ledger is lost, and the file imported again")
            tally("ledger lost")
            try loseLedger(withJournal: false)
        case .loseLedgerAndJournal:
            note("ledger and journal are lost, and the file imported again")
            tally("ledger and journal lost")
            try loseLedger(withJournal: true)
        case .copy: try keepCopy()
        case .restore(let part): try restore(part)
        case .harmJournal(let isGone): try harmJournal(isGone: isGone)
        case .runDuplicate: try runDuplicate()
        case .changeMachine: try changeMachine()
        case .practise: try await practise()
        case .runElsewhere: try await runElsewhere(under: life)
        case .rerun, .audit:
            let ledger = try openLedger(who: "reviewer")
            defer { close(ledger) }
            let batch = try ledger.batch(named: "payroll").id
            let commits = CommitQueue(ledger: ledger) { work in Task { work() } }
            let bank = bank(through: SimulatedNetwork(for: self, timeout: life.timeout, seed: story.seed))
            if deed.kind == .audit {
                let reversed = try await PaidAudit(ledger: ledger, commits: commits, bank: bank)
                    .audit(batch, stop: StopSignal())
                for row in reversed {
                    note("row \(row): the bank took it back")
                    tally("reversal noted")
                }
                return
            }
            let policy = ReconciliationPolicy(
                hardTimeout: life.timeout, quietPeriod: life.quietPeriod, whenNotFound: life.whenNotFound)
            let answers = try await Rerun(ledger: ledger, commits: commits, bank: bank, policy: policy, time: time)
                .rerun(batch)
            for (row, answer) in answers.sorted(by: { $0.key < $1.key }) {
                note("row \(row) is to be sent anew: \(answer)")
                tally("rerun: \(answer.name)")
            }
        }
    }

    /// Makes a person's decision, at any moment.
    func decide(_ kind: Story.Deed.Kind) throws {
        try withLedger(who: "reviewer") { ledger in
            let batch = try ledger.batch(named: "payroll").id
            let rows = try reportRows(of: ledger)
            switch kind {
            case .resolve:
                for row in rows where row.state == .unknown || row.state == .review {
                    guard let isPaid = truth(about: row) else { continue }
                    try ledger.decide(row: row.row, of: batch, isPaid: isPaid, note: "the bank's letter")
                    note("a person: row \(row.row) is \(isPaid ? "paid" : "not paid")")
                    tally(isPaid ? "resolved as paid" : "resolved as not paid")
                }
            case .withdraw(let number):
                let candidates = rows.filter { $0.state == .queued || $0.state == .refused }
                guard !candidates.isEmpty else { return }
                let row = candidates[number % candidates.count]
                do {
                    try ledger.withdraw(row: row.row, of: batch, note: "left the company")
                    note("a person withdraws row \(row.row)")
                    tally("withdrawn")
                } catch LedgerError.mayBePaid {
                    tally("not withdrawn, for it may be paid")
                }
            default: break
            }
        }
    }

    /// Returns whether a row is paid, as a person learns it from the bank's own records; `nil` while that may still
    /// change.
    private func truth(about row: StatementRow) -> Bool? {
        if !bank.debits(of: row.id.number).isEmpty { return true }
        let sent = lastSent[row.id] ?? .zero
        return loop.now > sent + .seconds(10) + story.lateness ? false : nil
    }

    func reportRows(of ledger: Ledger) throws -> [StatementRow] {
        try ledger.report(on: try ledger.batch(named: "payroll").id) { batch in
            var rows: [StatementRow] = []
            try batch.forEachRow { rows.append($0) }
            return rows
        }
    }
}

extension Rerun.Answer {
    /// The name in the tally.
    fileprivate var name: String {
        switch self {
        case .queued: "queued"
        case .takenBack(let state): "the bank says \(state)"
        case .tooEarly: "too early"
        case .notAsked: "not asked"
        case .mustStayAsItIs: "must stay"
        case .hasChanged: "has changed"
        }
    }
}
