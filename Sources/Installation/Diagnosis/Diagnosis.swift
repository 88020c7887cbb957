import AnorBank
import Foundation
import Operations
import Payouts
import Processing
import ProgramSettings
import Reports

/// The findings of `payout doctor`.
struct Diagnosis: Encodable {
    private(set) var findings: [Finding] = []

    struct Finding: Encodable {
        let what: String
        let verdict: Verdict
        let text: String
        /// The exit status of a run with this fault.
        let exit: Int32?
    }

    enum Verdict: String, Encodable {
        case ok
        case warning
        case fault
    }

    mutating func ok(_ what: String, _ text: String) {
        findings.append(Finding(what: what, verdict: .ok, text: text, exit: nil))
    }

    mutating func warn(_ what: String, _ text: String) {
        findings.append(Finding(what: what, verdict: .warning, text: text, exit: nil))
    }

    mutating func fault(_ what: String, _ status: ExitStatus, _ text: String) {
        findings.append(Finding(what: what, verdict: .fault, text: text, exit: status.rawValue))
    }

    var status: ExitStatus { findings.compactMap { $0.exit.flatMap(ExitStatus.init) }.max() ?? .everyRowPaid }

    var text: String {
        let width = findings.map(\.what.count).max() ?? 0
        return findings.map { finding in
            let verdict = finding.verdict == .ok ? "ok" : finding.verdict.rawValue.uppercased()
            return verdict.padding(toLength: 9, withPad: " ", startingAt: 0)
                + finding.what.padding(toLength: width + 2, withPad: " ", startingAt: 0) + finding.text
        }.joined(separator: "\n")
    }
}

extension Diagnosis {
    /// The tolerated difference of the clocks in seconds. A larger one makes the quiet period and the report's times
    /// wrong.
    private static let tolerance: TimeInterval = 5
    /// The free space in bytes that suffices. A batch of a million rows takes about a third of it.
    private static let roomyDisk: Int64 = 1 << 30

    /// Adds a finding.
    /// - Parameter bank: the settings of the bank, if the finding is about it.
    mutating func add(_ finding: HealthFinding, _ program: Composition, bank: BankSettings? = nil) {
        switch finding {
        case .secretFile(let what, let path, isPrivate: true): ok(what, "only its owner can read \(path)")
        case .secretFile("ledger file", let path, isPrivate: false):
            fault(
                "ledger file", .ledgerTrouble,
                "others can read or write \(path), so it is not used: chmod 600 \"\(path)\"")
        case .secretFile("key file", let path, isPrivate: false):
            fault(
                "key file", .notAllowed,
                "others can read or write \(path), so it is not used: chmod 600 \"\(path)\", and payout ledger rotate-key"
            )
        case .secretFile(let what, let path, isPrivate: false):
            warn(what, "others can read \(path): chmod 600 \"\(path)\"")
        case .noLedgerYet: ok("ledger", "none yet: the first run or import creates it and its key")
        case .ledgerFailed(let error):
            let status = ExitStatus(error)
            fault(status == .notAllowed ? "key" : "ledger", status, program.console.text(of: error, in: .en))
        case .keyFits(let path): ok("key", "\(path) opens the ledger")
        case .ledgerFault(let text): fault("ledger", .ledgerTrouble, text)
        case .journalFault(let text): fault("send journal", .ledgerTrouble, text)
        case .ledgerSound(let batches, let head):
            ok("ledger", "sound: \(batches) batches, the last event is \(head)")
        case .ledgerUnsound:
            fault("ledger", .ledgerTrouble, "keep it, but run nothing on it, and restore a sound copy")
        case .reports(_, isWritable: true): ok("reports", "can be written to \(program.settings.outputFolder)")
        case .reports(let folder, isWritable: false):
            fault(
                "reports", .reportNotWritten,
                "payout cannot write to \(folder): change its permissions, or PAYOUT_OUTPUT")
        case .disk(let folder, let free): addDisk(folder, free)
        case .bankFailed(let error): fault("bank", ExitStatus(error), program.console.text(of: error, in: .en))
        case .signedIn(let answer): addSignIn(answer, program, bank?.address.identity ?? "", bank?.username ?? "")
        case .clock(.notRead): warn("clock", "the bank's time could not be read")
        case .clock(.notTold): warn("clock", "the bank's answer has no time")
        case .clock(.ahead(let seconds)): addClock(ahead: seconds)
        }
    }

    private mutating func addDisk(_ folder: String, _ free: Int64?) {
        guard let free else { return warn("disk", "the free space in \(folder) is unknown") }
        let text = "\(free >> 20) MB free in \(folder)"
        if free < 16 << 20 {
            fault("disk", .ledgerTrouble, "\(text): payout sends nothing with less than 16 MB")
        } else if free < Self.roomyDisk {
            warn("disk", "\(text): too little for a large file")
        } else {
            ok("disk", text)
        }
    }

    private mutating func addSignIn(_ answer: SignIn, _ program: Composition, _ bank: String, _ user: String) {
        func text(_ reason: Reason) -> String {
            program.context.report(in: .en).text(of: reason)
        }
        switch answer {
        case .ready(isSandbox: false): ok("bank", "\(bank) accepts the login of \(user)")
        case .ready(isSandbox: true):
            warn("bank", "\(bank) accepts the login of \(user), but is a practice bank: no money is moved")
        case .unreachable(let reason):
            fault("bank", .bankUnreachable, "\(bank): \(text(reason)). Check the address and the network")
        case .refused(let reason):
            fault(
                "bank", .paused,
                "\(bank) refuses the login of \(user): \(text(reason)). Check the user name and the password")
        }
    }

    private mutating func addClock(ahead seconds: TimeInterval) {
        guard abs(seconds) > Self.tolerance else { return ok("clock", "agrees with the bank's clock") }
        warn(
            "clock",
            "is \(Int(abs(seconds))) s \(seconds > 0 ? "ahead of" : "behind") the bank's clock: set it, because quiet periods and the report use it"
        )
    }
}
