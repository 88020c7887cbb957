/// The name of a batch, chosen by the accountant (by default the file's name without its extension). It becomes the
/// name of the report, so it cannot lead out of a folder.
package struct BatchReference: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    /// - Throws: ``Invalid`` for an empty or overlong name, one that could not be a file's name, or one with a card's number.
    package init(_ name: String) throws(Invalid) {
        let isSpeakable = name.unicodeScalars.allSatisfy {
            $0.value >= 32 && $0.value != 127 && $0 != "/" && $0 != "\\"
        }
        guard !name.isEmpty, name.utf8.count <= 100, !name.hasPrefix("."), isSpeakable,
            // It stands on every page and report.
            maskingTrueCardNumbers(in: name) == name
        else {
            throw Invalid(name: name)
        }
        self.name = name
    }

    package struct Invalid: Error, CustomStringConvertible {
        package let name: String

        package var description: String {
            "“\(maskingTrueCardNumbers(in: name).prefix(40))” cannot name a batch: use 1 to 100 bytes without / and \\, no card's "
                + "number, not beginning with a dot, for example --reference payroll-2026-11"
        }
    }

    package var description: String { name }
}
