import Bookkeeping
import Foundation
package import Operations
import Processing

/// Locates the ledger, and reads the rules for sending.
extension Settings {
    package var ledger: LedgerLocation {
        LedgerLocation(
            path: ledgerPath, keyFile: KeyFile(path: keyFilePath), isSandbox: isSandboxed, isDefault: isDefaultLedger,
            practicePath: sandboxLedgerPath, earlierPath: Self.resolved("output/payouts.sqlite"), opening: opening)
    }

    package var rules: SendingRules {
        var rules = SendingRules(
            limits: limits, requiresApproval: requiresApproval,
            policy: ReconciliationPolicy(
                hardTimeout: requestTimeout, quietPeriod: quietPeriod, whenNotFound: whenNotFound),
            senderName: senderName, concurrency: concurrency)
        rules.approvalAbove = approvalAbove
        rules.twoApprovalsAbove = twoApprovalsAbove
        rules.requiresSecondFactor = requiresSecondFactor
        rules.requiresSecondVerdict = requiresSecondVerdict
        rules.acceptedWarnings = acceptedWarnings
        return rules
    }

    /// Returns the path of the default ledger. Each user account has one, whatever the current folder is.
    static func defaultLedger(_ environment: [String: String]) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        // Ignore a relative path: each current folder would get its own ledger.
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/state"
        return state + "/payout/payouts.sqlite"
    }

    /// Returns the path of the practice ledger: `payouts.sandbox.sqlite` beside `payouts.sqlite`.
    static func sandboxLedger(beside ledger: String) -> String {
        let url = URL(fileURLWithPath: ledger)
        let sandbox = url.deletingPathExtension().appendingPathExtension("sandbox")
        return (url.pathExtension.isEmpty ? sandbox : sandbox.appendingPathExtension(url.pathExtension)).path
    }

    /// Returns the absolute path without links. Lock files are beside the ledger, and two links to one ledger must
    /// share its lock.
    static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
}
