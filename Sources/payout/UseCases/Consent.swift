import Foundation
import Payouts
import Processing

/// A person's word that money may be sent.
enum Consent: Sendable {
    /// Beforehand, by `--yes` and `--accept-warnings`, or on the spot.
    case asked(isGiven: Bool, coversWarnings: Bool)
    /// To what the person was shown elsewhere, and nothing else.
    case confirmed(ControlTotals, warnings: Int)

    /// - Parameter warnings: how many there are.
    /// - Throws: ``Failure`` or `Refusal` where nobody agrees: then nothing was sent.
    func obtain(for totals: ControlTotals, warnings: Int, of batch: BatchReference, console: Console) throws {
        switch self {
        case .confirmed(let seen, let accepted):
            guard seen == totals, accepted == warnings else { throw Refusal.changedMeanwhile(batch) }
        case .asked(let isGiven, let coversWarnings):
            guard totals.rows > 0, !isGiven || warnings > 0 && !coversWarnings else { return }
            try ask(for: totals, warnings: warnings, isGiven: isGiven, console)
        }
    }

    private func ask(for totals: ControlTotals, warnings: Int, isGiven: Bool, _ console: Console) throws(Failure) {
        let rows = totals.rows == 1 ? "1 payout" : "\(totals.rows) payouts"
        let remark = warnings == 0 ? "" : " in spite of \(warnings == 1 ? "1 warning" : "\(warnings) warnings")"
        switch console.confirm("Send \(rows) for \(totals.sum) so'm\(remark)?") {
        case true?: return
        case false?: throw Failure(.paused, "nothing was sent; run again when it may be")
        case nil where isGiven:
            throw Failure(
                .invalidFile,
                "there are warnings, and --yes does not accept them: look at them, then add --accept-warnings. Nothing was sent"
            )
        case nil:
            throw Failure(
                .wrongUse, "there is no terminal to ask at: add --yes to send without asking. Nothing was sent")
        }
    }
}
