/// Text from outside with every run of digits that could be a card's number masked, also where spaces or dashes group
/// it: 13 to 19 digits, of which BIN and last four stay. Other digits (accounts of 20, ids of 15 that are no card) are
/// cheap to lose here and dear to keep, so all such runs are masked, Luhn or not.
package func maskingCardNumbers(in text: String) -> String {
    var result = ""
    var run = ""
    var digits = ""

    func flush() {
        let trailing = String(run.reversed().prefix { $0 == " " || $0 == "-" }.reversed())
        result += (13...19).contains(digits.count) ? CardNumber.mask(digits) + trailing : run
        run = ""
        digits = ""
    }

    for character in text {
        if character.isASCII, let digit = character.wholeNumberValue {
            run.append(character)
            digits.append(String(digit))
        } else if !digits.isEmpty, character == " " || character == "-", run.last != " ", run.last != "-" {
            run.append(character)
        } else {
            flush()
            result.append(character)
        }
    }
    flush()
    return result
}
