/// An error for an amount that no request can have: it is not above zero, or a part is not less than the whole.
public struct UnusableAmount: Error, Hashable, CustomStringConvertible {
    /// One sentence for a person.
    public var description: String {
        "the amount must be above zero, and what is given back less than what is held: nothing was sent"
    }
}
