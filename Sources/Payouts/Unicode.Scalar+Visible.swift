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

extension Unicode.Scalar {
    /// Tells whether the character steers a terminal, a line or the direction of reading, instead of being shown.
    package var steersText: Bool {
        switch value {
        case ..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension String {
    /// Returns the text for one line of a terminal, mail or page: each character that would steer it is replaced by its
    /// code, such as `<U+001B>`.
    package var onOneLine: String { replacing(\.steersText) }

    /// Returns the text with its lines and tabs, and no other character that would steer a terminal.
    package var steeringNothing: String { replacing { $0.steersText && !$0.breaksLines } }

    /// Returns HTML with its lines and tabs, and no other character that would steer a page.
    package var htmlSteeringNothing: String {
        replacing({ $0.steersText && !$0.breaksLines }, by: { "&lt;\($0.code)&gt;" })
    }

    /// Returns JSON in which such characters are escaped. They stand only in its strings.
    package var jsonSteeringNothing: String {
        replacing({ $0.steersText && !$0.breaksLines }, by: { "\\u" + $0.code.dropFirst(2) })
    }

    /// Returns a name in which every character can be seen.
    package var showingAll: String { replacing { !$0.isVisible } }

    private func replacing(
        _ isReplaced: (Unicode.Scalar) -> Bool, by text: (Unicode.Scalar) -> String = { "<\($0.code)>" }
    ) -> String {
        // Most texts need no change.
        guard unicodeScalars.contains(where: isReplaced) else { return self }
        return unicodeScalars.reduce(into: "") { result, scalar in
            if isReplaced(scalar) { result += text(scalar) } else { result.unicodeScalars.append(scalar) }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var breaksLines: Bool { self == "\n" || self == "\r" || self == "\t" }
}
