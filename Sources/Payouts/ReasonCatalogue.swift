/// Explains the codes of one bank to people. Each bank target has its own.
package protocol ReasonCatalogue: Sendable {
    /// The codes that suggest a common fault if several rows in a row are refused with them.
    var suspectCodes: Set<ReasonCode> { get }

    /// Returns the meaning of a code, or `nil` if the code is not the bank's.
    func text(of code: ReasonCode, in language: Language) -> String?

    /// Returns the advice for a row that was refused with a code, or `nil` if there is none.
    func advice(onRefusal code: ReasonCode, in language: Language) -> String?

    /// Returns the remedy for a row that was refused with a code.
    func remedy(ofRefusal code: ReasonCode) -> Remedy
}
