/// The field without the spaces at its ends, also the no-break ones that Excel and web pages leave behind.
func trimmed(_ field: String) -> String {
    guard let first = field.utf8.first, let last = field.utf8.last else { return field }
    if (33..<128).contains(first), (33..<128).contains(last) { return field }
    if field.first?.isWhitespace == false, field.last?.isWhitespace == false { return field }
    return String(
        field.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
}

/// The field without what people and programs put around it so that Excel leaves its digits alone: `="01183"`, `'01183`.
func unwrapped(_ field: String) -> String {
    var text = field
    if text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count >= 3 {
        text = String(text.dropFirst(2).dropLast())
        // Else it is a formula that joins texts.
        if text.contains("\"") { return field }
    }
    if text.hasPrefix("'") { text.removeFirst() }
    return text == field ? field : trimmed(text)
}

/// The field without the spaces of all kinds that group its digits.
func ungrouped(_ field: String) -> String {
    let bytes = field.utf8.span
    return bytes.indices.allSatisfy { (33..<128).contains(bytes[$0]) } ? field : field.filter { !$0.isWhitespace }
}

/// The field as a finding may show it: at most 40 characters, nothing that could steer a terminal, and no more of a
/// card than BIN and last four. Whatever stands in the column of cards is taken for a damaged card; elsewhere thirteen
/// digits are enough for suspicion, wherever between other signs they stand.
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

/// Whether the field has digits of another script, which look right and are none (`８６００`, `٨٦٠٠`).
func hasForeignDigits(_ field: String) -> Bool {
    field.unicodeScalars.contains { !$0.isASCII && $0.properties.numericType == .decimal }
}

/// Whether the field has signs that cannot be seen, as texts copied from web pages and messengers have them.
func hasInvisibleSigns(_ field: String) -> Bool {
    field.unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .control, .format: true
        default: scalar == "\u{FFFD}" || scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}

/// The names of sheets as a sentence lists them: “May”, “June”. At most five.
func quoted(_ names: [String]) -> String {
    names.prefix(5).map { "“\(shownValue($0, in: nil))”" }.joined(separator: ", ") + (names.count > 5 ? ", …" : "")
}
