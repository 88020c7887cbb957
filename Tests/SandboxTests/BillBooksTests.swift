import Fixtures
import Foundation
import Sandbox
import Testing

/// The expected state of a bill, calculated independently of the sandbox: from the answers of the bank and the rules of
/// the document.
private struct ExpectedBill {
    let order: Int64
    var firstHold: Int64 = 0
    var added: Int64 = 0
    var cardMinus: Int64 = 0
    var recipientPlus: Int64 = 0
    var isOpen = true
    var isHeld = false

    /// Returns whether the bank must accept the step, and records what the step moves.
    mutating func expect(_ step: BillStep) -> Bool {
        switch step {
        case .pay where isOpen: (isOpen, cardMinus, recipientPlus) = (false, order, order)
        case .hold where isOpen: (isOpen, isHeld, firstHold, cardMinus) = (false, true, order, order)
        case .add(let tiyin) where isHeld && tiyin > 0 && 100 * (added + tiyin) <= 30 * firstHold:
            (added, cardMinus) = (added + tiyin, cardMinus + tiyin)
        case .giveBack(let tiyin) where isHeld && tiyin > 0 && tiyin < cardMinus: cardMinus -= tiyin
        case .confirm where isHeld: (isHeld, recipientPlus) = (false, cardMinus)
        case .reverse where isHeld: (isHeld, cardMinus) = (false, 0)
        case .cancel where recipientPlus > 0: (cardMinus, recipientPlus) = (0, 0)
        default: return false
        }
        return true
    }
}

private enum BillStep: CustomStringConvertible {
    case pay, hold, confirm, cancel, reverse
    case add(Int64)
    case giveBack(Int64)

    static func random(about tiyin: Int64, using random: inout SeededGenerator) -> BillStep {
        let part = Int64.random(in: -1...max(2, tiyin * 2 / 5), using: &random)
        return [.pay, .hold, .hold, .confirm, .cancel, .reverse, .add(part), .add(part / 4), .giveBack(part)]
            .randomElement(using: &random) ?? .pay
    }

    var description: String {
        switch self {
        case .pay: "pay"
        case .hold: "hold"
        case .confirm: "confirm"
        case .cancel: "cancel"
        case .reverse: "reverse"
        case .add(let tiyin): "add \(tiyin)"
        case .giveBack(let tiyin): "give back \(tiyin)"
        }
    }
}

@Suite struct BillBooksTests {
    private static let firstSeed = TestSetting.seed.number(else: 1)

    private func take(_ step: BillStep, _ id: Int64, _ merchant: Merchant) throws -> Answer {
        switch step {
        case .pay: try merchant.pay(id, try merchant.code(id))
        case .hold: try merchant.hold(id, try merchant.code(id))
        case .confirm: try merchant.confirm(id)
        case .cancel: try merchant.cancel(id)
        case .reverse: try merchant.reverse(id)
        case .add(let tiyin): try merchant.add(id, tiyin)
        case .giveBack(let tiyin): try merchant.reversePart(id, tiyin)
        }
    }

    /// Sends random orders of all methods about some bills of one card with limited money.
    @Test(arguments: firstSeed..<firstSeed + 40)
    func theBooksAgreeWithAModelWrittenASecondTime(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let balance = Int64.random(in: 1000...20_000, using: &random)
        let merchant = try Merchant { $0.cardBalanceTiyin = balance }
        var expected: [Int64: ExpectedBill] = [:]
        for _ in 0..<6 {
            let order = Int64.random(in: 1...5000, using: &random)
            expected[try merchant.bill(order)] = ExpectedBill(order: order)
        }
        var story: [String] = []
        for _ in 0..<120 {
            let id = try #require(expected.keys.sorted().randomElement(using: &random))
            let bill = try #require(expected[id])
            let step = BillStep.random(about: bill.order, using: &random)
            story.append("\(id) \(step)")
            var next = bill
            let isInOrder = next.expect(step)
            let others = expected.filter { $0.key != id }.values.reduce(0) { $0 + $1.cardMinus }
            let isAffordable = next.cardMinus <= bill.cardMinus || others + next.cardMinus <= balance
            let answer = try take(step, id, merchant)
            let isDone = try answer.status == 200 && answer.json["result"] == nil
            let note: Comment = "seed \(seed), after \(story.joined(separator: ", "))"
            #expect(isDone == (isInOrder && isAffordable), note)
            if isDone { expected[id] = next }

            for (id, bill) in expected {
                let money = try merchant.money(id)
                #expect(money.heldTiyin + money.paidTiyin == bill.cardMinus, note)
                #expect(money.paidTiyin == bill.recipientPlus, note)
                #expect(10 * (money.heldTiyin + money.paidTiyin) <= 13 * bill.order, note)
                // All money that left the card is held, paid or returned.
                let taken = bill.isOpen ? 0 : bill.order + bill.added
                #expect(money.heldTiyin + money.paidTiyin + money.returnedTiyin == taken, note)
            }
            #expect(expected.values.reduce(0) { $0 + $1.cardMinus } <= balance, note)
        }
    }
}
