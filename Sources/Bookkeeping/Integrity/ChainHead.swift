import Foundation

/// The last event of a ledger and its signature, which depends on all earlier events. Two ledgers with the same head
/// have the same history.
struct ChainHead: Hashable, Sendable {
    let event: Int64
    let signature: Data

    /// The head of a ledger without events.
    static let beginning = ChainHead(event: 0, signature: Data(count: 16))

    /// The text that reports show: the event's number and the first 16 hexadecimal digits of its signature.
    var text: String { "\(event)-" + signature.prefix(8).map { String(format: "%02x", $0) }.joined() }
}
