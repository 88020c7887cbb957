/// The users who may log in.
enum BankUser: Sendable {
    case agent
    /// A user with the role that a cancellation needs.
    case supervisor

    var mayCancel: Bool { self == .supervisor }
}
