/// Where the money is that was ever taken from the card for a bill: it is on hold, with the recipient, or back.
package struct BillMoney: Sendable, Equatable {
    package var heldTiyin: Int64 = 0
    package var paidTiyin: Int64 = 0
    package var returnedTiyin: Int64 = 0

    /// What the customer cannot spend.
    var offTheCardTiyin: Int64 { heldTiyin + paidTiyin }
}
