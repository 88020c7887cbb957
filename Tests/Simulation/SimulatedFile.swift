import Fixtures
import Payouts
import Sandbox

/// The payout file of a story. The numbers of its rows are those of its lines.
struct SimulatedFile {
    let contents: [Int: Paperwork.Content]
    let reference = Samples.batch(rows: 1).reference

    init(of story: Story) {
        var contents: [Int: Paperwork.Content] = [:]
        for payout in Samples.payouts(rows: story.rows) {
            contents[payout.row] = Paperwork.Content(card: payout.card, amount: payout.amount)
        }
        // A card of a kind that is rare here.
        if story.hasWarning { contents[2]?.card = Samples.card(2, prefix: "123456") }
        for number in 0..<min(story.badCards, story.rows) {
            let card = TestCard.all[number + 1].pan()
            do {
                contents[story.rows + 1 - number]?.card = try CardNumber(card)
            } catch {
                preconditionFailure("the test card \(card) is no card: \(error)")
            }
        }
        self.contents = contents
    }

    var text: String {
        let lines = contents.sorted { $0.key < $1.key }.map { _, content in
            "\(Samples.account.digits),\(Samples.bankCode.digits),\(content.card.digits),0931,\(content.amount.count)"
        }
        return (["account,mfo,pan,exp,amount"] + lines).joined(separator: "\n") + "\n"
    }
}
