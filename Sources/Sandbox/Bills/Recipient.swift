/// A merchant that bills are paid to.
struct Recipient: Sendable, Equatable {
    let id: Int64
    let shortName: String

    static let shop = Recipient(id: 1001, shortName: "SANDBOX_SHOP")
    /// Known, and not served any more.
    static let closed = Recipient(id: 1002, shortName: "SANDBOX_CLOSED")

    /// The recipient of this id, if bills can be paid to it.
    static func find(_ id: Int64) throws(RequestFault) -> Recipient {
        switch id {
        case shop.id: return shop
        case closed.id: throw RequestFault(error: .serviceNotActive)
        default: throw RequestFault(error: .serviceNotFound)
        }
    }
}
