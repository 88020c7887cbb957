import Foundation

/// What the bank does by itself at a later moment. It is done when somebody next looks, as of the moment it was due.
struct DueDeed: Sendable {
    let at: Date
    let deed: Deed

    enum Deed: Sendable {
        /// An order whose connection closed seconds ago is taken up at last.
        case pay(PayOrder)
        /// The money of a payment goes back.
        case reverse(bmId: Int64)
    }
}
