package import Bookkeeping
package import Foundation
package import PayoutFiles
package import Payouts
package import Processing
package import Reports

/// What the desk has done for it by the program around it, which knows the bank and the settings. Each act is done in a
/// person's name, and by the same code as at the command line.
package protocol DeskActs: Sendable {
    var time: TimeSource { get }
    var timeZone: TimeZone { get }
    /// Whether payouts go to the built-in bank, which moves no money.
    var isSandboxed: Bool { get }

    /// The ledger, opened for an act of one person.
    func ledger(for who: String) throws -> Ledger

    /// Reads and checks a file, also against the batches of the last weeks.
    ///
    /// - Parameter name: what the file is called; on the disk it may have another name.
    func check(_ path: String, named name: String) throws -> PayoutFile

    /// Reads a file that was checked once more, with what stands in its cells.
    func readCells(of file: PayoutFile, at path: String, each: (ReadRow) throws -> Void) throws

    /// Writes a workbook in which the faulty cells of a file are marked.
    func markFindings(of file: PayoutFile, at path: String, language: Language, to output: String) throws

    /// Stores a file as a batch, and puts on the record that its warnings were seen.
    ///
    /// - Parameters:
    ///   - file: what the person was shown; another is refused.
    ///   - isDeliberate: whether the same file may be there under another name.
    func store(
        _ file: PayoutFile, at path: String, as reference: BatchReference, isDeliberate: Bool, for who: String
    ) throws -> BatchRecord

    /// What a run would send now.
    func toSend(_ statement: BatchStatement) throws -> ControlTotals

    /// Whether the batch is only sent after a second person approved it.
    func needsApproval(_ batch: BatchRecord) -> Bool

    /// Pays what is to be paid, and asks the bank about what is unknown.
    ///
    /// - Parameters:
    ///   - confirmed: what the person was shown; where it is not so any more, nothing is sent.
    ///   - warnings: how many of the file she accepts.
    func pay(
        _ batch: BatchReference, confirmed: ControlTotals, warnings: Int, for who: String, attendance: RunAttendance
    ) async throws -> RunResult

    /// Asks the bank about what is unknown; nothing is sent.
    func reconcile(_ batch: BatchReference, for who: String, attendance: RunAttendance) async throws -> RunResult

    /// What a person typed for one row, checked as a file is.
    func correction(_ fields: [Column: String], forRow row: Int) -> CorrectionFile

    /// What a rerun would send now.
    func planRerun(
        _ batch: BatchReference, of choice: RerunChoice, correctedBy table: CorrectionFile?
    ) throws -> PlannedRerun

    /// Pays refused rows again, each only after the bank was asked about its last attempt.
    func rerun(
        _ batch: BatchReference, of choice: RerunChoice, correctedBy table: CorrectionFile?, confirmed: ControlTotals,
        warnings: Int, for who: String, attendance: RunAttendance
    ) async throws -> RunResult

    func report(in language: Language, for who: String) -> Report

    func writeReport(
        on batch: BatchRecord, format: ReportFormat, language: Language, to path: String, for who: String) throws
}

/// How a run ended, for the person who began it. How the batch stands is in the ledger.
package enum RunResult: Sendable {
    case ended
    case bankUnreachable
}

/// What a rerun comes to, before anybody agreed to it.
package struct PlannedRerun: Sendable {
    /// Those that can be run again.
    package let rows: Set<Int>
    /// With what waits in the queue already.
    package let totals: ControlTotals
    package let log: FindingLog

    package init(rows: Set<Int>, totals: ControlTotals, log: FindingLog) {
        self.rows = rows
        self.totals = totals
        self.log = log
    }
}
