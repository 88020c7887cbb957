/// A merchant who receives bill payments.
struct Recipient: Sendable, Equatable {
    let id: Int64
    let shortName: String

    static let shop = Recipient(id: 1001, shortName: "SANDBOX_SHOP")
    /// A merchant who is known but no longer served.
    static let closed = Recipient(id: 1002, shortName: "SANDBOX_CLOSED")

    /// Returns the recipient with this id.
    ///
    /// - Throws: ``RequestFault`` if bills cannot be paid to the recipient.
    static func find(_ id: Int64) throws(RequestFault) -> Recipient {
        switch id {
        case shop.id: return shop
        case closed.id: throw RequestFault(error: .serviceNotActive)
        default: throw RequestFault(error: .serviceNotFound)
        }
    }
}
