package import Bookkeeping
import Foundation
package import PayoutFiles
package import Payouts
package import Processing

/// Sends refused rows again, with their corrections. Before that, it asks the bank about the last attempt at each row.
package struct RerunRows: Sendable {
    private let context: OperationContext
    private let isSameBank: Bool
    private let confirmation: EventCause.Confirmation?
    private let work: BatchRun

    /// Chooses the refused rows to send again. `nil` chooses the corrected rows, or all rows if none is corrected.
    package typealias Choice = @Sendable (RefusedPayout) -> Bool

    /// Makes a rerun.
    /// - Parameters:
    ///   - isSameBank: whether a person confirmed that the batch's bank has a new address.
    ///   - confirmation: the second factor by which the person confirmed the totals of the consent.
    ///   - stop: makes the run claim no further rows.
    package init(
        _ context: OperationContext, isSameBank: Bool = false, confirmedBy confirmation: EventCause.Confirmation? = nil,
        stop: StopSignal = StopSignal()
    ) {
        self.context = context
        self.isSameBank = isSameBank
        self.confirmation = confirmation
        work = BatchRun(context, stop: stop, reportFolder: nil)
    }

    /// Returns the rows and totals that a rerun would send now.
    package func plan(
        _ batch: String, correctedBy table: CorrectionFile?, where isChosen: Choice?
    ) throws(OperationError) -> RerunPlan {
        try context.withLedger { ledger in
            try RerunPlan(
                of: context.batch(named: batch, in: ledger), correctedBy: table, in: ledger, context, where: isChosen)
        }
    }

    /// Runs it.
    /// - Parameter table: the corrections to apply first.
    package func run(
        _ name: String, correctedBy table: CorrectionFile?, consent: Consent, where isChosen: Choice?
    ) async throws(OperationError) -> FinishedRun {
        try await OperationError.classifyingAsync {
            try work.prepare()
            let ledger = try context.openExistingLedger()
            let lock = try context.runnerLock(for: name)
            defer { lock.release() }
            let batch = try context.batch(named: name, in: ledger)
            let plan = try RerunPlan(of: batch, correctedBy: table, in: ledger, context, where: isChosen)
            context.observe(.findings(plan.log))
            guard !plan.rows.isEmpty else {
                let ending = try await work.withBank { bank in try await lookIn(batch, at: bank, in: ledger) }
                context.observe(.nothingToRerun(batch.reference))
                return try work.finish(batch, in: ledger, after: ending)
            }
            context.observe(.correctionsPlanned(plan.corrections, before: try ledger.statement(of: batch.id).toPay))
            try consent.obtain(
                for: plan.totals, warnings: plan.warningCounts, accepting: context.rules.acceptedWarnings,
                of: batch.reference)
            if let confirmation { try ledger.confirmSending(of: batch.id, plan.totals, by: confirmation) }
            context.observe(.started(batch.reference))
            let ending = try await work.withBank { bank in try await rerun(plan, of: batch, at: bank, in: ledger) }
            return try work.finish(batch, in: ledger, after: ending)
        }
    }

    private func lookIn(_ batch: BatchRecord, at bank: BankConnection, in ledger: Ledger) async throws -> RunEnding {
        let session = work.session(at: bank, in: ledger, of: batch, isSameBank)
        return switch try await session.open(batch, where: { _ in false }) {
        case .open, .nothingToDo: .nothingToDo
        case .unreachable(let reason), .refused(let reason): .bankUnreachable(reason)
        }
    }

    private func rerun(
        _ plan: RerunPlan, of batch: BatchRecord, at bank: BankConnection, in ledger: Ledger
    ) async throws -> RunEnding {
        let session = work.session(at: bank, in: ledger, of: batch, isSameBank)
        switch try await session.open(batch, where: { _ in true }) {
        case .open: break
        case .nothingToDo: return .nothingToDo
        case .unreachable(let reason): return .bankUnreachable(reason)
        case .refused(let reason): return .paused(reason)
        }
        if batch.unacceptedWarnings > 0 { try ledger.acceptWarnings(of: batch) }
        try ledger.acceptWarnings(ofCorrections: plan.log.warningCounts, of: batch.id)
        let answers = try await Rerun(
            ledger: ledger, commits: context.commits(ledger), bank: bank.bank, policy: context.rules.policy,
            time: context.time
        ).rerun(batch.id, correcting: plan.corrections.byRow) { plan.rows.contains($0.attempt.row) }
        context.observe(.rerunAnswered(answers))
        let remainder = try ledger.remainder(of: batch.id)
        try SendingChecks(context: context, ledger: ledger).demand(
            for: batch, sending: context.toSend(notSent: remainder.notSent, unknown: remainder.unknown))
        return try await work.pay(batch, in: ledger, at: bank) { $0.isSameBank = isSameBank }
    }
}

extension RerunRows {
    /// Reads a table of corrections and reports all findings to the observer.
    ///
    /// - Throws: ``OperationError`` if the table has errors.
    package func corrections(from path: String) throws(OperationError) -> CorrectionFile {
        let table = try OperationError.classifying {
            try CorrectionFile.read(from: path, options: context.fileOptions)
        }
        guard table.log.errorCount == 0 else {
            context.observe(.findings(table.log))
            throw .correctionsHaveErrors(name: URL(fileURLWithPath: path).lastPathComponent)
        }
        return table
    }
}
