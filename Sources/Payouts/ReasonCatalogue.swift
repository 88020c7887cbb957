/// What the codes of one bank mean to people. Each bank target brings its own.
package protocol ReasonCatalogue: Sendable {
    /// Codes that hint at a fault of more than one row when rows in a row are refused with them.
    var suspectCodes: Set<ReasonCode> { get }

    /// Returns what a code means, or `nil` for a code that is not the bank's.
    func text(of code: ReasonCode, in language: Language) -> String?

    /// Returns what to do about a row that was refused with a code, or `nil` where the code asks for nothing special.
    func advice(onRefusal code: ReasonCode, in language: Language) -> String?

    /// Returns how to go on with a row that was refused with a code.
    func remedy(ofRefusal code: ReasonCode) -> Remedy
}
