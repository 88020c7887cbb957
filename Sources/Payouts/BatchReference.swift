import Foundation
import PaymentValues

/// The name of a batch, by default the file's name without its extension. The report gets the same name, so the name
/// must not lead to another folder. The ids of the rows are computed from its bytes. So equal letters always give equal
/// bytes, and every character is visible.
package struct BatchReference: Hashable, Sendable, CustomStringConvertible {
    /// The largest number of characters, as people see them.
    package static let longest = 200
    /// The largest number of bytes. It keeps out characters with a pile of accents, which count as one.
    private static let longestInBytes = 1000

    /// The name. Swift compares strings by letters and not by bytes.
    package let name: String

    /// Takes a name that a person typed or a file has, and converts it to Unicode's form NFC.
    package init(_ given: String) throws(Invalid) {
        let name = given.precomposedStringWithCanonicalMapping
        if let flaw = Self.flaw(of: name) { throw Invalid(name: name, flaw: flaw) }
        self.name = name
    }

    /// Takes a name from the ledger unchanged. Earlier versions stored other Unicode forms and invisible characters.
    /// The ids of their rows were computed from exactly these bytes.
    package init(stored name: String) throws(Invalid) {
        if let flaw = Self.flawOfFileName(name) { throw Invalid(name: name, flaw: flaw) }
        self.name = name
    }

    private static func flaw(of name: String) -> Invalid.Flaw? {
        if let flaw = flawOfFileName(name) { return flaw }
        if let scalar = name.unicodeScalars.first(where: { !$0.isVisible }) { return .invisible(scalar) }
        if name.count > longest || name.utf8.count > longestInBytes { return .tooLong(name.count) }
        // The name appears on pages and reports, so it must not contain a card number.
        return maskingTrueCardNumbers(in: name) == name ? nil : .cardNumber
    }

    private static func flawOfFileName(_ name: String) -> Invalid.Flaw? {
        if name.isEmpty { return .empty }
        if name.hasPrefix(".") { return .dotFirst }
        for scalar in name.unicodeScalars {
            if scalar == "/" || scalar == "\\" { return .slash }
            if scalar.value < 32 || scalar.value == 127 { return .invisible(scalar) }
        }
        return nil
    }

    /// An error for a name that no batch may have. It says why.
    package struct Invalid: Error, Hashable, CustomStringConvertible {
        package let name: String
        package let flaw: Flaw

        package init(name: String, flaw: Flaw) {
            self.name = name
            self.flaw = flaw
        }

        package enum Flaw: Hashable, Sendable {
            case empty
            case tooLong(Int)
            case slash
            case dotFirst
            case invisible(Unicode.Scalar)
            case cardNumber
        }

        /// The name for display: masked, cut, and without characters that cannot be seen.
        package var shownName: String {
            let shown = String(String.UnicodeScalarView(name.unicodeScalars.filter(\.isVisible)))
            return String(maskingTrueCardNumbers(in: shown).prefix(60))
        }

        /// Names the flaw, without advice.
        package var reason: String { "“\(shownName)” cannot name a batch: it \(verdict)" }

        private var verdict: String {
            switch flaw {
            case .empty: "is empty"
            case .tooLong(let count): "has \(count) characters, and \(BatchReference.longest) fit"
            case .slash: "has a slash in it"
            case .dotFirst: "begins with a dot"
            case .invisible(let scalar):
                "holds \(scalar.code), a character that cannot be seen, so that two names can look the same"
            case .cardNumber: "holds a card's number"
            }
        }

        package var description: String {
            "\(reason). Rename the file, or name the batch yourself, for example --reference payroll-2026-11"
        }
    }

    package var description: String { name }
}
