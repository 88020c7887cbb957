import ArgumentParser
import Bookkeeping
import Foundation
import Logging
import Payouts

/// Runs a command's work, tells the person what went wrong in one message, and ends with the status that cron sees.
func ending(_ work: () async throws -> ExitStatus) async throws {
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
        let message = describe(error)
        Console.shared.say(
            "payout: \(message)", level: .error, message: message, details: ["exit": String(status.rawValue)])
    }
    if status != .everyRowPaid { throw ExitCode(status.rawValue) }
}

/// What a person is told of an error.
func describe(_ error: any Error) -> String {
    switch error {
    case let failure as Failure: failure.message
    case LedgerError.boundToAnotherBank(let batch, let bound, _) where BankIdentity(recorded: bound).isSandbox:
        "batch “\(batch)” was begun in a practice bank (\(bound)): no money was moved, and it cannot go on elsewhere. To pay "
            + "the file for real, import it with another --reference; to go on practising, "
            + (bound == "sandbox" ? "add --sandbox" : "set PAYOUT_BANK_URL back, or add --same-bank where it has moved")
    case let error as any CustomStringConvertible: error.description
    default: "an unexpected fault: \(error.localizedDescription). Run payout status to see how the batch stands."
    }
}
