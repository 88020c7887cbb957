import ArgumentParser
import Foundation

/// Runs a command's work, tells the person what went wrong in one message, and ends with the status that cron sees.
func runCommand(_ work: () async throws -> ExitStatus) async throws {
    // A closed pipe behind the output must not end a run that has requests on their way.
    signal(SIGPIPE, SIG_IGN)
    var status: ExitStatus
    do {
        try OpenFiles.reserve()
        status = try await work()
        // Somebody must look at a ledger that was set back, even where the bank knew all that it had forgotten.
        if LedgerNotices.shared.putRight != nil { status = max(status, .someUnsettled) }
        if Console.shared.hasLostOutput, status == .everyRowPaid { status = .unexpected }
    } catch {
        status = ExitStatus(error)
        let message = Console.shared.text(of: error)
        Console.shared.say(
            "payout: \(message)", level: .error, message: message, details: ["exit": String(status.rawValue)])
    }
    if status != .everyRowPaid { throw ExitCode(status.rawValue) }
}
