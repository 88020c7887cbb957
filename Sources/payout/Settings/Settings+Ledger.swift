import Bookkeeping
import Foundation
import Operations
import Processing

/// Where the ledger lies, and what is sent under which rules.
extension Settings {
    var ledger: LedgerLocation {
        LedgerLocation(
            path: ledgerPath, keyFile: KeyFile(path: keyFilePath), isSandbox: isSandboxed, isDefault: isDefaultLedger,
            practicePath: sandboxLedgerPath, earlierPath: Self.resolved("output/payouts.sqlite"), opening: opening)
    }

    var rules: SendingRules {
        SendingRules(
            limits: limits, requiresApproval: requiresApproval,
            policy: ReconciliationPolicy(
                hardTimeout: requestTimeout, quietPeriod: quietPeriod, whenNotFound: whenNotFound),
            senderName: senderName, concurrency: concurrency)
    }

    /// One for each person, whatever folder she works in.
    static func defaultLedger(_ environment: [String: String]) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        // A relative one counts as none: else each folder would have a ledger of its own.
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/state"
        return state + "/payout/payouts.sqlite"
    }

    /// `payouts.sandbox.sqlite` beside `payouts.sqlite`.
    static func sandboxLedger(beside ledger: String) -> String {
        let url = URL(fileURLWithPath: ledger)
        let sandbox = url.deletingPathExtension().appendingPathExtension("sandbox")
        return (url.pathExtension.isEmpty ? sandbox : sandbox.appendingPathExtension(url.pathExtension)).path
    }

    /// Absolute. The locks lie beside the file itself, not beside a link to it: else two links would be two locks.
    static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
}
