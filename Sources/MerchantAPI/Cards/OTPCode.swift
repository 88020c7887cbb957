/// A code that a customer got by SMS (`otp`; BM-MERCHANT-API 6.1, methods 4, 7 and 8). It is never shown.
public struct OTPCode: Hashable, Sendable, Secret {
    /// The text shown in place of the code.
    public static let shownAs = "(code)"

    let digits: String

    /// Takes a code of 4 to 10 ASCII digits. The codes in the document have 6.
    /// - Throws: ``Invalid`` for any other text.
    public init(_ digits: String) throws(Invalid) {
        guard (4...10).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Invalid()
        }
        self.digits = digits
    }

    /// An error for a text that is not 4 to 10 digits.
    public struct Invalid: Error, Hashable {}
}
