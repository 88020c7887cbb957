/// The state of a bill. Each step returns the next state, and throws in every state that does not allow the step.
enum BillState: Sendable, Equatable {
    case checked
    case paid(tiyin: Int64)
    case held(Hold)
    case confirmed(Hold)
    case reversed(Hold)
    case cancelled(returnedTiyin: Int64)

    /// Returns the state after method 7.
    func paying(_ tiyin: Int64) throws(RequestFault) -> BillState {
        guard case .checked = self else { throw Self.outOfOrder }
        return .paid(tiyin: tiyin)
    }

    /// Returns the state after method 8.
    func holding(_ tiyin: Int64) throws(RequestFault) -> BillState {
        guard case .checked = self else { throw Self.outOfOrder }
        return .held(Hold(tiyin))
    }

    /// Returns the state after method 9.
    func confirming() throws(RequestFault) -> BillState {
        .confirmed(try hold)
    }

    /// Returns the state after method 10.
    func adding(_ tiyin: Int64) throws(RequestFault) -> BillState {
        .held(try hold.adding(tiyin))
    }

    /// Returns the state after method 11, which cancels a payment or a confirmed hold.
    func cancelling() throws(RequestFault) -> BillState {
        switch self {
        case .paid, .confirmed: .cancelled(returnedTiyin: money.paidTiyin + money.returnedTiyin)
        case .checked, .held, .reversed, .cancelled: throw Self.outOfOrder
        }
    }

    /// Returns the state after method 12.
    func reversing() throws(RequestFault) -> BillState {
        .reversed(try hold)
    }

    /// Returns the state after method 13.
    func returning(_ tiyin: Int64) throws(RequestFault) -> BillState {
        .held(try hold.returning(tiyin))
    }

    var money: BillMoney {
        switch self {
        case .checked: BillMoney()
        case .paid(let tiyin): BillMoney(paidTiyin: tiyin)
        case .held(let hold): BillMoney(heldTiyin: hold.remainingTiyin, returnedTiyin: hold.returnedTiyin)
        case .confirmed(let hold): BillMoney(paidTiyin: hold.remainingTiyin, returnedTiyin: hold.returnedTiyin)
        case .reversed(let hold): BillMoney(returnedTiyin: hold.remainingTiyin + hold.returnedTiyin)
        case .cancelled(let tiyin): BillMoney(returnedTiyin: tiyin)
        }
    }

    private var hold: Hold {
        get throws(RequestFault) {
            guard case .held(let hold) = self else { throw Self.outOfOrder }
            return hold
        }
    }

    private static let outOfOrder = RequestFault(error: .billNotValid)
}
