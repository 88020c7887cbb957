/// The field without the spaces at its ends, also the no-break ones that Excel and web pages leave behind.
func trimmed(_ field: String) -> String {
    guard let first = field.first, let last = field.last, first.isWhitespace || last.isWhitespace else { return field }
    let start = field.drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
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
