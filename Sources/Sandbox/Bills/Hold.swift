/// Money that stays on a customer's card but cannot be spent.
struct Hold: Sendable, Equatable {
    let firstTiyin: Int64
    private(set) var addedTiyin: Int64 = 0
    private(set) var returnedTiyin: Int64 = 0

    init(_ firstTiyin: Int64) {
        self.firstTiyin = firstTiyin
    }

    /// The amount on hold now.
    var remainingTiyin: Int64 { firstTiyin + addedTiyin - returnedTiyin }

    /// Holds more without a new code. All additions together may be 30 % of the first hold. A partial return does not
    /// raise this limit.
    func adding(_ tiyin: Int64) throws(RequestFault) -> Hold {
        let most = firstTiyin / 10 * 3 + firstTiyin % 10 * 3 / 10
        guard tiyin <= most - addedTiyin else { throw RequestFault(error: .limitExceeded) }
        var next = self
        next.addedTiyin += tiyin
        return next
    }

    /// Returns a part to the customer. Something must stay on hold: `reverse` returns everything.
    func returning(_ tiyin: Int64) throws(RequestFault) -> Hold {
        guard tiyin < remainingTiyin else { throw RequestFault(error: .limitExceeded) }
        var next = self
        next.returnedTiyin += tiyin
        return next
    }
}
