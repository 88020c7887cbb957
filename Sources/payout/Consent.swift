import Foundation
import Payouts

/// A person's word that money may be sent, given beforehand or on the spot.
struct Consent: Sendable {
    /// `--yes`
    let isGiven: Bool
    /// `--accept-warnings`
    let coversWarnings: Bool

    /// - Parameter warnings: how many there are.
    /// - Throws: ``Failure`` where nobody agrees: then nothing was sent.
    func obtain(for totals: ControlTotals, warnings: Int, console: Console) throws {
        if isGiven, warnings == 0 || coversWarnings { return }
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
