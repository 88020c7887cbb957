import Foundation
import PaymentValues

/// The name of a batch, chosen by the accountant (by default the file's name without its extension). It becomes the
/// name of the report, so it cannot lead out of a folder. The ids of its rows follow from its bytes, so the same letters
/// always have the same bytes, and every character can be seen.
package struct BatchReference: Hashable, Sendable, CustomStringConvertible {
    /// Counts what people see as one character.
    package static let longest = 200
    /// Keeps a tower of accents, which counts as one character, out of pages and addresses.
    private static let longestInBytes = 1000

    /// Compares by letters, and not by bytes, as all of Swift's strings do.
    package let name: String

    /// Takes a name as a person typed it or a file has it, and brings it to Unicode's form NFC.
    package init(_ given: String) throws(Invalid) {
        let name = given.precomposedStringWithCanonicalMapping
        if let flaw = Self.flaw(of: name) { throw Invalid(name: name, flaw: flaw) }
        self.name = name
    }

    /// Takes a name as the ledger has it. Earlier versions stored names in other forms and with invisible characters, and
    /// the ids of their rows follow from exactly these bytes.
    package init(stored name: String) throws(Invalid) {
        if let flaw = Self.flawOfFileName(name) { throw Invalid(name: name, flaw: flaw) }
        self.name = name
    }

    private static func flaw(of name: String) -> Invalid.Flaw? {
        if let flaw = flawOfFileName(name) { return flaw }
        if let scalar = name.unicodeScalars.first(where: { !$0.isVisible }) { return .invisible(scalar) }
        if name.count > longest || name.utf8.count > longestInBytes { return .tooLong(name.count) }
        // It is shown on every page and report.
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

    /// Says what a name has that no batch's name may have.
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

        /// Names the flaw, without advice.
        package var reason: String {
            let shown = String(String.UnicodeScalarView(name.unicodeScalars.filter(\.isVisible)))
            return "“\(maskingTrueCardNumbers(in: shown).prefix(60))” cannot name a batch: it \(verdict)"
        }

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
