import ArgumentParser
import Foundation
import Logging
import Payouts

/// Runs the work of a command. It prints one message if the work fails, and ends the program with the exit status.
func runCommand(_ work: () async throws -> ExitStatus) async throws {
    // A closed output pipe must not end a run with requests in flight.
    signal(SIGPIPE, SIG_IGN)
    var status: ExitStatus
    do {
        try DescriptorLimit.reserve()
        status = try await work()
        // A person must look at a restored ledger, even if the bank knew all the sends that were missing.
        if LedgerNotices.shared.putRight != nil { status = max(status, .someUnsettled) }
        if Console.shared.hasLostOutput, status == .everyRowPaid { status = .unexpected }
    } catch {
        status = ExitStatus(error)
        let console = Console.shared
        let message = console.message(of: error)
        console.say("payout: \(message)", level: .error, message: message, details: ["exit": String(status.rawValue)])
        if let detail = console.detail(of: error) { console.say(detail) }
    }
    if status != .everyRowPaid { throw ExitCode(status.rawValue) }
}
