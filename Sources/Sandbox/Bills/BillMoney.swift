/// Where the money is that was ever taken from the card for a bill: it is on hold, with the recipient, or back.
package struct BillMoney: Sendable, Equatable {
    package let heldTiyin: Int64
    package let paidTiyin: Int64
    package let returnedTiyin: Int64

    package init(heldTiyin: Int64 = 0, paidTiyin: Int64 = 0, returnedTiyin: Int64 = 0) {
        self.heldTiyin = heldTiyin
        self.paidTiyin = paidTiyin
        self.returnedTiyin = returnedTiyin
    }

    /// What the customer cannot spend.
    var offTheCardTiyin: Int64 { heldTiyin + paidTiyin }
}
