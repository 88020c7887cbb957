/// The money taken from a card for a bill: on hold, paid to the recipient, or returned.
package struct BillMoney: Sendable, Equatable {
    package let heldTiyin: Int64
    package let paidTiyin: Int64
    package let returnedTiyin: Int64

    package init(heldTiyin: Int64 = 0, paidTiyin: Int64 = 0, returnedTiyin: Int64 = 0) {
        self.heldTiyin = heldTiyin
        self.paidTiyin = paidTiyin
        self.returnedTiyin = returnedTiyin
    }

    /// The money that the customer cannot spend.
    var offTheCardTiyin: Int64 { heldTiyin + paidTiyin }
}
