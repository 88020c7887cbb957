import AnorBank
import Bookkeeping
import Foundation
package import Operations
import Payouts
import Processing
package import ProgramSettings
import Reports

/// Checks everything that a run needs on this machine, and words the findings in English for the administrator. Pays and
/// changes nothing.
package struct Diagnosis: Sendable {
    package private(set) var findings: [Finding] = []
    let settings: Settings
    let context: OperationContext
    /// Words an error in English.
    let explain: @Sendable (any Error) -> String

    package struct Finding: Sendable {
        package let what: String
        package let verdict: Verdict
        package let text: String
    }

    package enum Verdict: Sendable {
        case ok
        case warning
        /// A run would stop.
        case fault(Fault)
    }

    /// The cause that would stop a run.
    package enum Fault: Sendable {
        case settings
        case key
        case ledger
        case reports
        case bankUnreachable
        case loginRefused
        case error(OperationError)
    }

    package init(_ settings: Settings, _ context: OperationContext, explain: @escaping @Sendable (any Error) -> String)
    {
        self.settings = settings
        self.context = context
        self.explain = explain
    }

    /// The faults, each of which would stop a run.
    package var faults: [Fault] {
        findings.compactMap { if case .fault(let fault) = $0.verdict { fault } else { nil } }
    }

    /// The findings as a table.
    package var text: String {
        let width = findings.map(\.what.count).max() ?? 0
        return findings.map { finding in
            finding.verdict.word.padding(toLength: 9, withPad: " ", startingAt: 0)
                + finding.what.padding(toLength: width + 2, withPad: " ", startingAt: 0) + finding.text
        }.joined(separator: "\n")
    }

    mutating func ok(_ what: String, _ text: String) {
        findings.append(Finding(what: what, verdict: .ok, text: text))
    }

    mutating func warn(_ what: String, _ text: String) {
        findings.append(Finding(what: what, verdict: .warning, text: text))
    }

    mutating func fault(_ what: String, _ fault: Fault, _ text: String) {
        findings.append(Finding(what: what, verdict: .fault(fault), text: text))
    }
}

extension Diagnosis.Verdict {
    fileprivate var word: String {
        switch self {
        case .ok: "ok"
        case .warning: "WARNING"
        case .fault: "FAULT"
        }
    }
}

// MARK: The checks

extension Diagnosis {
    /// Checks the settings, the ledger, the desk and the bank.
    package mutating func addEverything() async {
        for setting in settings.shown where setting.value != nil { ok(setting.key, setting.line) }
        ok("person", context.person)
        for finding in HealthCheck(context).machine(secrets: settings.secretFiles) { add(finding) }
        addLedgerFiles()
        #if Desk
        addDesk()
        #endif
        if settings.isSandboxed {
            ok("bank", "the built-in practice bank: no money is moved")
        } else {
            await addBank()
        }
    }

    /// Logs in to the bank, and compares the clocks.
    package mutating func addBank() async {
        do {
            let bank = try settings.bank()
            if bank.address.isExposed {
                warn(
                    "bank",
                    "\(bank.address.identity) is plain http: others on the network can read cards and the password; use https"
                )
            }
            let clock = BankClock(bank: bank, timeout: settings.requestTimeout)
            for finding in await HealthCheck(context).bank(readClock: clock.read) { add(finding, bank: bank) }
        } catch {
            fault("bank", .settings, explain(error))
        }
    }
}

// MARK: The words of a finding

extension Diagnosis {
    /// The tolerated difference of the clocks in seconds. A larger one makes the quiet period and the report's times
    /// wrong.
    private static let tolerance: TimeInterval = 5
    /// The free space in bytes that suffices. A batch of a million rows takes about a third of it.
    private static let roomyDisk: Int64 = 1 << 30

    /// Adds a finding.
    /// - Parameter bank: the settings of the bank, if the finding is about it.
    private mutating func add(_ finding: HealthFinding, bank: BankSettings? = nil) {
        switch finding {
        case .secretFile(let what, let path, isPrivate: true): ok(what, "only its owner can read \(path)")
        case .secretFile("ledger file", let path, isPrivate: false):
            fault(
                "ledger file", .ledger,
                "others can read or write \(path), so it is not used: chmod 600 \"\(path)\"")
        case .secretFile("key file", let path, isPrivate: false):
            fault(
                "key file", .key,
                "others can read or write \(path), so it is not used: chmod 600 \"\(path)\", and payout ledger rotate-key"
            )
        case .secretFile(let what, let path, isPrivate: false):
            warn(what, "others can read \(path): chmod 600 \"\(path)\"")
        case .noLedgerYet: ok("ledger", "none yet: the first run or import creates it and its key")
        case .ledgerFailed(let error):
            fault(error.isAboutKey ? "key" : "ledger", .error(error), explain(error))
        case .keyFits(let path): ok("key", "\(path) opens the ledger")
        case .ledgerFault(let text): fault("ledger", .ledger, text)
        case .journalFault(let text): fault("send journal", .ledger, text)
        case .ledgerSound(let batches, let head):
            ok("ledger", "sound: \(batches) batches, the last event is \(head)")
        case .ledgerUnsound:
            fault("ledger", .ledger, "keep it, but run nothing on it, and restore a sound copy")
        case .reports(_, isWritable: true): ok("reports", "can be written to \(settings.outputFolder)")
        case .reports(let folder, isWritable: false):
            fault(
                "reports", .reports,
                "payout cannot write to \(folder): change its permissions, or PAYOUT_OUTPUT")
        case .disk(let folder, let free): addDisk(folder, free)
        case .bankFailed(let error): fault("bank", .error(error), explain(error))
        case .signedIn(let answer): addSignIn(answer, bank?.address.identity ?? "", bank?.username ?? "")
        case .clock(.notRead): warn("clock", "the bank's time could not be read")
        case .clock(.notTold): warn("clock", "the bank's answer has no time")
        case .clock(.ahead(let seconds)): addClock(ahead: seconds)
        }
    }

    private mutating func addDisk(_ folder: String, _ free: Int64?) {
        guard let free else { return warn("disk", "the free space in \(folder) is unknown") }
        let text = "\(free >> 20) MB free in \(folder)"
        if free < 16 << 20 {
            fault("disk", .ledger, "\(text): payout sends nothing with less than 16 MB")
        } else if free < Self.roomyDisk {
            warn("disk", "\(text): too little for a large file")
        } else {
            ok("disk", text)
        }
    }

    private mutating func addSignIn(_ answer: SignIn, _ bank: String, _ user: String) {
        func text(_ reason: Reason) -> String { context.report(in: .en).text(of: reason) }
        switch answer {
        case .ready(isSandbox: false): ok("bank", "\(bank) accepts the login of \(user)")
        case .ready(isSandbox: true):
            warn("bank", "\(bank) accepts the login of \(user), but is a practice bank: no money is moved")
        case .unreachable(let reason):
            fault("bank", .bankUnreachable, "\(bank): \(text(reason)). Check the address and the network")
        case .refused(let reason):
            fault(
                "bank", .loginRefused,
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

extension OperationError {
    /// Whether the ledger does not open because of its key.
    fileprivate var isAboutKey: Bool {
        guard case .ledger(let error) = self else { return false }
        switch error {
        case .keyMissing, .keyUnreadable, .keyDoesNotFit, .keyReplaced, .cardDoesNotOpen: return true
        default: return false
        }
    }
}
