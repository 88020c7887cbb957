extension Unicode.Scalar {
    /// Whether a reader can see the character. Invisible are control characters, direction marks, zero-width
    /// characters, tags, variation selectors, unassigned characters, and all spaces except the ordinary one.
    package var isVisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        case .spaceSeparator: self == " "
        // The braille pattern without dots looks like a space.
        default: !properties.isDefaultIgnorableCodePoint && self != "\u{2800}"
        }
    }

    /// The character's code, as in Unicode's tables: `U+202E`.
    package var code: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension Unicode.Scalar {
    /// Whether the character controls a terminal, a line or the reading direction, instead of being shown.
    package var steersText: Bool {
        switch value {
        case ..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension String {
    /// The text on one line, for a terminal, a mail or a page. Control characters are replaced with their codes, such
    /// as `<U+001B>`.
    package var onOneLine: String { replacing(\.steersText) }

    /// The text with its lines and tabs, but without other control characters.
    package var steeringNothing: String { replacing { $0.steersText && !$0.breaksLines } }

    /// The HTML with its lines and tabs, but without other control characters.
    package var htmlSteeringNothing: String {
        replacing({ $0.steersText && !$0.breaksLines }, by: { "&lt;\($0.code)&gt;" })
    }

    /// The JSON with control characters escaped. They occur only in its strings.
    package var jsonSteeringNothing: String {
        replacing({ $0.steersText && !$0.breaksLines }, by: { "\\u" + $0.code.dropFirst(2) })
    }

    /// The name with every invisible character replaced by its code.
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
