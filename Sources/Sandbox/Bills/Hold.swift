/// Money that stays on a customer's card and cannot be spent otherwise.
struct Hold: Sendable, Equatable {
    let firstTiyin: Int64
    private(set) var addedTiyin: Int64 = 0
    private(set) var returnedTiyin: Int64 = 0

    init(_ firstTiyin: Int64) {
        self.firstTiyin = firstTiyin
    }

    /// What is held now.
    var standingTiyin: Int64 { firstTiyin + addedTiyin - returnedTiyin }

    /// More may be held without the customer's word: 30 % of the first hold, in all additions together. What was
    /// given back in between makes no room.
    func adding(_ tiyin: Int64) throws(RequestFault) -> Hold {
        let most = firstTiyin / 10 * 3 + firstTiyin % 10 * 3 / 10
        guard tiyin <= most - addedTiyin else { throw RequestFault(error: .limitExceeded) }
        var next = self
        next.addedTiyin += tiyin
        return next
    }

    /// A part goes back to the customer. Something has to stay: the whole is what `reverse` is for.
    func returning(_ tiyin: Int64) throws(RequestFault) -> Hold {
        guard tiyin < standingTiyin else { throw RequestFault(error: .limitExceeded) }
        var next = self
        next.returnedTiyin += tiyin
        return next
    }
}
