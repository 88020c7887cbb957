/// Who may log in.
enum BankUser: Sendable {
    case agent
    /// Has the role that cancelling a payment needs.
    case supervisor

    var mayCancel: Bool { self == .supervisor }
}
