import Bookkeeping
import Fixtures
import PaymentValues
import Payouts
import Sandbox

extension Simulation {
    /// The first digits of a kind of card that is rare here. A person is warned about it.
    static let rarePrefix = "123456"
}

/// The payout file of a story. The numbers of its rows are those of its lines.
struct SimulatedFile {
    let contents: [Int: Paperwork.Content]
    let reference = Samples.batch(rows: 1).reference

    init(of story: Story) {
        var contents: [Int: Paperwork.Content] = [:]
        for payout in Samples.payouts(rows: story.rows) {
            contents[payout.row] = Paperwork.Content(card: payout.card, amount: payout.amount)
        }
        if story.hasWarning { contents[2]?.card = Samples.card(2, prefix: Simulation.rarePrefix) }
        // The row with the warning keeps its card, or nobody would be asked about it.
        for number in 0..<min(story.badCards, story.rows - (story.hasWarning ? 1 : 0)) {
            let card = TestCard.all[number + 1].pan()
            do {
                contents[story.rows + 1 - number]?.card = try CardNumber(card)
            } catch {
                preconditionFailure("the test card \(card) is no card: \(error)")
            }
        }
        self.contents = contents
    }

    /// The number of rows that a bank without faults pays.
    var payableRows: Int { contents.values.count { !$0.isBad } }

    var text: String {
        let lines = contents.sorted { $0.key < $1.key }.map { _, content in
            "\(Samples.account.digits),\(Samples.bankCode.digits),\(content.card.digits),0931,\(content.amount.count)"
        }
        return (["account,mfo,pan,exp,amount"] + lines).joined(separator: "\n") + "\n"
    }
}
