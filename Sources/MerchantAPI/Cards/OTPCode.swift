/// A code that a customer got by SMS (`otp`; BM-MERCHANT-API 6.1, methods 4, 7 and 8). Never shown.
public struct OTPCode: Hashable, Sendable, Secret {
    /// What is shown in its place.
    public static let shownAs = "(code)"

    let digits: String

    /// - Throws: ``Invalid`` for anything but 4 to 10 ASCII digits; those of the document have 6.
    public init(_ digits: String) throws(Invalid) {
        guard (4...10).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw Invalid()
        }
        self.digits = digits
    }

    /// The text is not 4 to 10 digits.
    public struct Invalid: Error, Hashable {}
}
