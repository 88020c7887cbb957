import PaymentValues
import Testing

@testable import MerchantAPI

@Suite struct UnusableAmountTests {
    private func bill() throws -> BillID { try BillID(777) }

    @Test(arguments: [0, -1, Int64.min]) func anAmountBelowOneTiyinIsRefused(count: Int64) throws {
        let (card, expiry) = (try CardNumber("8600069195406311"), try CardExpiry(mmyy: "0727"))
        let (bill, recipient) = (try bill(), try RecipientID(1))
        #expect(throws: UnusableAmount()) {
            try BillCheck(
                account: "30", recipient: recipient, amount: Tiyin(count), reference: try AgentReference("a"),
                card: card,
                expiry: expiry)
        }
        #expect(throws: UnusableAmount()) {
            try HoldIncrease(bill: bill, amount: Tiyin(count), card: card, expiry: expiry)
        }
        #expect(throws: UnusableAmount()) { try PartialHoldReversal(bill: bill, amount: Tiyin(count)) }
    }

    @Test func aPartIsLessThanTheWhole() throws {
        let bill = try bill()
        #expect(throws: UnusableAmount()) {
            try PartialHoldReversal(bill: bill, amount: Tiyin(100), ofHeld: Tiyin(100))
        }
        #expect(throws: UnusableAmount()) {
            try PartialHoldReversal(bill: bill, amount: Tiyin(1), ofHeld: Tiyin(.min))
        }
        #expect(try PartialHoldReversal(bill: bill, amount: Tiyin(99), ofHeld: Tiyin(100)).amount == Tiyin(99))
    }
}
