extension Unicode.Scalar {
    /// Tells whether a person who reads a name sees that this character is there. Not so are controls, marks of direction,
    /// characters without a width, tags, selectors of variants, what no font draws, and all spaces but the usual one.
    package var isVisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        case .spaceSeparator: self == " "
        // The pattern of no dots in braille is drawn as a space, and is none.
        default: !properties.isDefaultIgnorableCodePoint && self != "\u{2800}"
        }
    }

    /// Names the character as Unicode's tables do: `U+202E`.
    package var code: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
