#if Desk
import Bookkeeping
import Foundation
import PayoutFiles
import Payouts
import Processing
import Reports
import WebDesk

/// The desk's acts, by the code of the command line.
struct DeskServices: DeskActs {
    let services: Services

    var isSandboxed: Bool { services.settings.isSandboxed }
    var time: TimeSource { services.time }
    var timeZone: TimeZone { Services.timeZone }

    func ledger(for who: String) throws -> Ledger {
        try services.inTheName(of: who).openExistingLedger()
    }

    func check(_ path: String, named name: String) throws -> PayoutFile {
        let ledger = try services.openExistingLedger()
        let checked = try checkedFile(path, named: name, in: ledger)
        try ledger.close()
        return checked.file
    }

    private func checkedFile(_ path: String, named name: String, in ledger: Ledger) throws -> CheckedFile {
        try CheckedFile(
            path, named: name, options: services.fileOptions, ledger: ledger, importedSince: services.twinsSince)
    }

    func readCells(of file: PayoutFile, at path: String, each: (ReadRow) throws -> Void) throws {
        try file.readAgain(from: path, options: services.fileOptions, keepsCells: true, each: each)
    }

    func markFindings(of file: PayoutFile, at path: String, language: Language, to output: String) throws {
        let ledger = try services.openExistingLedger()
        try services.writeFindings(of: checkedFile(path, named: file.name, in: ledger), language: language, to: output)
        try ledger.close()
    }

    func store(
        _ file: PayoutFile, at path: String, as reference: BatchReference, isDeliberate: Bool, for who: String
    ) throws -> BatchRecord {
        let services = services.inTheName(of: who)
        let ledger = try services.openExistingLedger()
        let checked = try checkedFile(path, named: file.name, in: ledger)
        // Another batch may have come to pay the same people since the person looked.
        guard checked.file.digest == file.digest, checked.file.isPayable,
            checked.file.log.warningCounts == file.log.warningCounts
        else { throw Refusal.changedMeanwhile(reference) }
        let batch = try services.store(checked, as: reference, isDeliberate: isDeliberate, in: ledger)
        if batch.unacceptedWarnings > 0 { try ledger.acceptWarnings(of: batch) }
        try ledger.eraseJournal()
        let stored = try ledger.batch(named: reference.name)
        try ledger.close()
        return stored
    }

    func toSend(_ statement: BatchStatement) throws -> ControlTotals {
        try services.policy.toSend(notSent: statement.notSent, unknown: statement.unknown)
    }

    func needsApproval(_ batch: BatchRecord) -> Bool {
        batch.needsApproval || services.settings.requiresApproval
    }

    func pay(
        _ batch: BatchReference, confirmed: ControlTotals, warnings: Int, for who: String, attendance: RunAttendance
    ) async throws -> RunResult {
        RunResult(
            try await work(for: who, attendance).run(
                batch, consent: .confirmed(confirmed, warnings: warnings)
            ) { _ in
                // As the settings say.
            })
    }

    func reconcile(_ batch: BatchReference, for who: String, attendance: RunAttendance) async throws -> RunResult {
        RunResult(try await work(for: who, attendance).reconcile(batch.name, paidToo: false))
    }

    func correction(_ fields: [Column: String], forRow row: Int) -> CorrectionFile {
        CorrectionFile.typed(fields, forRow: row, options: services.fileOptions)
    }

    func planRerun(
        _ batch: BatchReference, of choice: RerunChoice, correctedBy table: CorrectionFile?
    ) throws -> PlannedRerun {
        let ledger = try services.openExistingLedger()
        let plan = try RerunPlan(
            of: ledger.batch(named: batch.name), correctedBy: table, in: ledger, services, where: choice.contains)
        try ledger.close()
        return PlannedRerun(rows: plan.rows, totals: plan.totals, log: plan.corrections.log)
    }

    func rerun(
        _ batch: BatchReference, of choice: RerunChoice, correctedBy table: CorrectionFile?, confirmed: ControlTotals,
        warnings: Int, for who: String, attendance: RunAttendance
    ) async throws -> RunResult {
        RunResult(
            try await work(for: who, attendance).rerun(
                batch.name, correctedBy: table, consent: .confirmed(confirmed, warnings: warnings),
                where: choice.contains))
    }

    func report(in language: Language, for who: String) -> Report {
        services.inTheName(of: who).report(in: language)
    }

    func writeReport(
        on batch: BatchRecord, format: ReportFormat, language: Language, to path: String, for who: String
    ) throws {
        let services = services.inTheName(of: who)
        let ledger = try services.openExistingLedger()
        _ = try services.writeReport(on: batch, in: ledger, format: format, language: language, to: path)
        try ledger.close()
    }

    private func work(for who: String, _ attendance: RunAttendance) -> BatchWork {
        BatchWork(services.inTheName(of: who), printsJSON: false, attendance: attendance)
    }
}

extension RunResult {
    fileprivate init(_ status: ExitStatus) {
        self = status == .bankUnreachable ? .bankUnreachable : .ended
    }
}
#endif
