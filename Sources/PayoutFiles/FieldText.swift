/// Removes the spaces at both ends of a field. They include the no-break spaces that Excel and web pages leave behind.
func trimmed(_ field: String) -> String {
    guard let first = field.utf8.first, let last = field.utf8.last else { return field }
    if (33..<128).contains(first), (33..<128).contains(last) { return field }
    if field.first?.isWhitespace == false, field.last?.isWhitespace == false { return field }
    return String(
        field.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
}

/// Removes the characters that people and programs add to protect digits from Excel: `="01183"`, `'01183`.
func unwrapped(_ field: String) -> String {
    var text = field
    if text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count >= 3 {
        text = String(text.dropFirst(2).dropLast())
        // Otherwise it is a formula that joins texts.
        if text.contains("\"") { return field }
    }
    if text.hasPrefix("'") { text.removeFirst() }
    return text == field ? field : trimmed(text)
}

/// Removes all kinds of spaces between digits.
func ungrouped(_ field: String) -> String {
    let bytes = field.utf8.span
    return bytes.indices.allSatisfy { (33..<128).contains(bytes[$0]) } ? field : field.filter { !$0.isWhitespace }
}

/// Returns a field as a finding may show it. It has at most 40 characters, and no characters that control a terminal. A
/// card keeps only its BIN and last four digits. In the column of cards every value is treated as a damaged card. In
/// other columns thirteen digits are enough, whatever is between them.
func shownValue(_ field: String, in column: Column?) -> String {
    let characters = Array(field)
    let digits = characters.indices.filter { characters[$0].wholeNumberValue != nil }
    var hidden: Set<Int> = []
    if digits.count >= 13 {
        hidden = Set(digits[6..<(digits.count - 4)])
    } else if column == .pan, digits.count >= 8 {
        hidden = Set(digits[4..<(digits.count - 2)])
    }
    let shown = characters.indices.map { hidden.contains($0) ? "*" : speakable(characters[$0]) }
    return shown.count > 40 ? String(shown.prefix(39)) + "…" : String(shown)
}

private func speakable(_ character: Character) -> Character {
    if character.isNewline { return " " }
    let isSpeakable =
        character.unicodeScalars.count <= 4
        && character.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    return isSpeakable ? character : "·"
}

/// Whether a name has `?` or U+FFFD in place of letters, as programs save it that do not know them: `?одиров`, `O?ktamov`.
func hasLostLetters(_ name: String) -> Bool {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == 0xEF }) else { return false }
    let signs = Array(name)
    return signs.indices.contains { place in
        if signs[place] == "\u{FFFD}" { return true }
        guard signs[place] == "?" else { return false }
        let neighbours = [place - 1, place + 1].filter(signs.indices.contains).map { signs[$0] }
        return neighbours.contains { $0.isLetter || $0 == "?" }
    }
}

/// Whether the field has digits of another script, which look right and are none (`８６００`, `٨٦٠٠`).
func hasForeignDigits(_ field: String) -> Bool {
    field.unicodeScalars.contains { !$0.isASCII && $0.properties.numericType == .decimal }
}

/// Returns whether the field has invisible characters. Texts copied from web pages and messengers often have them.
func hasInvisibleSigns(_ field: String) -> Bool {
    field.unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format: true
        default: scalar == "\u{FFFD}" || scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}

/// Lists names of sheets for a sentence: “May”, “June”. It lists at most five.
func quoted(_ names: [String]) -> String {
    names.prefix(5).map { "“\(shownValue($0, in: nil))”" }.joined(separator: ", ") + (names.count > 5 ? ", …" : "")
}
