package import Bookkeeping
package import Foundation
import PaymentValues
import Payouts
package import Reports

/// The payouts that a search found, as lines for a terminal.
package struct FoundText {
    package let text: String

    /// Makes the text.
    /// - Parameters:
    ///   - count: how many payouts there are. Not all may be shown.
    ///   - report: names states in the reader's language.
    package init(_ payouts: [FoundPayout], count: Int, _ report: Report, timeZone: TimeZone) {
        let words = TextCatalogue.ofCommands(report.language)
        let lines = payouts.map { payout in
            let who = payout.name ?? payout.rowKey.map(PersonalNumber.masking) ?? ""
            let day = String(payout.changedAt.stamp(in: timeZone).prefix(16))
            return words(
                "person.payout",
                [
                    "batch": payout.batch.name.showingAll, "row": String(payout.row), "who": who.showingAll,
                    "card": payout.maskedCard, "sum": payout.amount.description,
                    "stateName": report.name(of: payout.state), "time": day,
                    "bmId": payout.bmID.map { ", bmId \($0)" } ?? "",
                ])
        }
        text = (lines + [words("person.found", count: count)]).joined(separator: "\n")
    }
}

/// The payouts that a search found, in JSON.
package struct FoundDocument: Encodable {
    let count: Int
    let payouts: [Payout]

    struct Payout: Encodable {
        let batch: String
        let row: Int
        let id, name: String?
        let card: String
        let tiyin: Int64
        let state: String
        let changedAt: String
        let bmID: Int64?

        enum CodingKeys: String, CodingKey {
            case batch, row, id, name, card, tiyin, state, changedAt
            case bmID = "bmId"
        }
    }

    package init(_ payouts: [FoundPayout], count: Int) {
        self.count = count
        self.payouts = payouts.map { payout in
            Payout(
                batch: payout.batch.name, row: payout.row, id: payout.rowKey.map(PersonalNumber.masking),
                name: payout.name, card: payout.maskedCard, tiyin: payout.amount.count, state: payout.state.rawValue,
                changedAt: payout.changedAt.formatted(Date.ISO8601FormatStyle()), bmID: payout.bmID)
        }
    }
}
