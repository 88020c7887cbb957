import Foundation
import Operations
import Payouts
import Processing

/// What the doctor found, one thing at a time.
struct Diagnosis: Encodable {
    private(set) var findings: [Finding] = []

    struct Finding: Encodable {
        let what: String
        let verdict: Verdict
        let text: String
        /// The status with which a run would end because of it.
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
    /// Beyond these the quiet period and the report's times mislead.
    private static let tolerance: TimeInterval = 5
    /// A batch of a million rows takes about a third of this.
    private static let roomyDisk: Int64 = 1 << 30

    /// - Parameter bank: as it is set, where it was asked.
    mutating func add(_ finding: HealthFinding, _ program: Composition, bank: BankSettings? = nil) {
        switch finding {
        case .secretFile(let what, let path, isPrivate: true): ok(what, "\(path) is its owner's alone")
        case .secretFile(let what, let path, isPrivate: false):
            warn(what, "others can read \(path): chmod 600 \"\(path)\"")
        case .noLedgerYet: ok("ledger", "none yet: the first run or import makes it, and its key")
        case .ledgerFailed(let error):
            let status = ExitStatus(error)
            fault(status == .notAllowed ? "key" : "ledger", status, program.console.text(of: error))
        case .keyFits(let path): ok("key", "\(path) opens the ledger")
        case .ledgerFault(let text): fault("ledger", .ledgerTrouble, text)
        case .journalFault(let text): fault("send journal", .ledgerTrouble, text)
        case .ledgerSound(let batches, let head):
            ok("ledger", "sound: \(batches) batches, its events stand at \(head)")
        case .ledgerUnsound:
            fault("ledger", .ledgerTrouble, "run nothing on it, keep it, and put a sound copy in its place")
        case .reports(_, isWritable: true): ok("reports", "can be written to \(program.settings.outputFolder)")
        case .reports(let folder, isWritable: false):
            fault("reports", .reportNotWritten, "nothing may be written in \(folder): change that, or PAYOUT_OUTPUT")
        case .disk(let folder, let free): addDisk(folder, free)
        case .bankFailed(let error): fault("bank", ExitStatus(error), program.console.text(of: error))
        case .signedIn(let answer): addSignIn(answer, program, bank?.address ?? "", bank?.username ?? "")
        case .clock(.notRead): warn("clock", "what time the bank has could not be found out")
        case .clock(.notTold): warn("clock", "the bank does not say what time it has")
        case .clock(.ahead(let seconds)): addClock(ahead: seconds)
        }
    }

    private mutating func addDisk(_ folder: String, _ free: Int64?) {
        guard let free else { return warn("disk", "how much is free in \(folder) cannot be found out") }
        let text = "\(free >> 20) MB free in \(folder)"
        if free < 16 << 20 {
            fault("disk", .ledgerTrouble, "\(text): nothing is sent with less than 16 MB")
        } else if free < Self.roomyDisk {
            warn("disk", "\(text): too little for a large file")
        } else {
            ok("disk", text)
        }
    }

    private mutating func addSignIn(_ answer: SignIn, _ program: Composition, _ bank: String, _ user: String) {
        func text(_ reason: Reason) -> String {
            program.context.report(in: program.settings.language).text(of: reason)
        }
        switch answer {
        case .ready(isSandbox: false): ok("bank", "\(bank) lets \(user) in")
        case .ready(isSandbox: true):
            warn("bank", "\(bank) lets \(user) in, and is a bank for practice: no money is moved")
        case .unreachable(let reason):
            fault("bank", .bankUnreachable, "\(bank): \(text(reason)). Check the address and the network")
        case .refused(let reason):
            fault(
                "bank", .paused,
                "\(bank) does not let \(user) in: \(text(reason)). Check the user name and the password")
        }
    }

    private mutating func addClock(ahead seconds: TimeInterval) {
        guard abs(seconds) > Self.tolerance else { return ok("clock", "agrees with the bank's") }
        warn(
            "clock",
            "is \(Int(abs(seconds))) s \(seconds > 0 ? "ahead of" : "behind") the bank's: set it, for quiet periods and the report's times follow it"
        )
    }
}
