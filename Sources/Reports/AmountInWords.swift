package import PaymentValues
package import Payouts

/// An amount in words, as on a payment order: `сто двадцать сумов 05 тийинов`. It is our own code, because ICU cannot
/// spell out Uzbek numbers or inflect the names of currencies.
package struct AmountInWords {
    package let text: String
    /// Returns a number of rows in words, in the gender of the language's word for a row: `двадцать одна`.
    static func rows(_ number: Int, in language: Language) -> String {
        Numerals.of(language).text(of: number, isFeminine: language == .ru)
    }

    /// Takes an amount.
    /// - Parameter amount: must not be negative.
    package init(_ amount: Tiyin, in language: Language) {
        let som = Int(amount.count / 100)
        let tiyin = Int(amount.count % 100)
        let words = Numerals.of(language)
        let fraction = (tiyin < 10 ? "0" : "") + String(tiyin)
        let rule = PluralRule(language)
        text =
            "\(words.text(of: som)) \(words.som[min(rule.form(som), words.som.count - 1)]) "
            + "\(fraction) \(words.tiyin[min(rule.form(tiyin), words.tiyin.count - 1)])"
    }
}

/// The number words of one language.
private struct Numerals {
    let language: Language
    let zero: String
    /// The words for 1 to 19.
    let small: [String]
    /// The words for 20, 30, … 90.
    let tens: [String]
    /// The words for 100, 200, … 900.
    let hundreds: [String]
    /// The plural forms of thousand, million, …
    let powers: [[String]]
    let som, tiyin: [String]

    static func of(_ language: Language) -> Numerals {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: english
        }
    }

    /// - Parameter isFeminine: whether the counted noun is feminine.
    func text(of number: Int, isFeminine: Bool = false) -> String {
        guard number > 0 else { return zero }
        var groups: [String] = []
        var (rest, power) = (number, 0)
        while rest > 0 {
            defer { (rest, power) = (rest / 1000, power + 1) }
            let group = rest % 1000
            guard group > 0 else { continue }
            var words = [self.group(group, isFeminine: power == 0 ? isFeminine : language == .ru && power == 1)]
            if power > 0 {
                let forms = powers[power - 1]
                words.append(forms[min(PluralRule(language).form(group), forms.count - 1)])
            }
            groups.insert(words.joined(separator: " "), at: 0)
        }
        return groups.joined(separator: " ")
    }

    /// Returns the words for 1 to 999.
    private func group(_ number: Int, isFeminine: Bool) -> String {
        var words: [String] = []
        if number >= 100 { words.append(hundreds[number / 100 - 1]) }
        let rest = number % 100
        if rest >= 20 {
            let ten = tens[rest / 10 - 2]
            if rest % 10 == 0 {
                words.append(ten)
            } else if language == .en {
                words.append("\(ten)-\(small[rest % 10 - 1])")
            } else {
                words += [ten, unit(rest % 10, isFeminine)]
            }
        } else if rest > 0 {
            words.append(unit(rest, isFeminine))
        }
        return words.joined(separator: " ")
    }

    private func unit(_ number: Int, _ isFeminine: Bool) -> String {
        switch (isFeminine, number) {
        case (true, 1): "одна"
        case (true, 2): "две"
        default: small[number - 1]
        }
    }

    private static let russian = Numerals(
        language: .ru, zero: "ноль",
        small: [
            "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять", "одиннадцать",
            "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать", "семнадцать", "восемнадцать",
            "девятнадцать",
        ],
        tens: [
            "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто",
        ],
        hundreds: [
            "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот",
        ],
        powers: [
            ["тысяча", "тысячи", "тысяч"], ["миллион", "миллиона", "миллионов"],
            ["миллиард", "миллиарда", "миллиардов"], ["триллион", "триллиона", "триллионов"],
            ["квадриллион", "квадриллиона", "квадриллионов"],
        ],
        som: ["сум", "сума", "сумов"], tiyin: ["тийин", "тийина", "тийинов"])

    private static let uzbek = Numerals(
        language: .uz, zero: "nol",
        small: [
            "bir", "ikki", "uch", "to‘rt", "besh", "olti", "yetti", "sakkiz", "to‘qqiz", "o‘n", "o‘n bir", "o‘n ikki",
            "o‘n uch", "o‘n to‘rt", "o‘n besh", "o‘n olti", "o‘n yetti", "o‘n sakkiz", "o‘n to‘qqiz",
        ],
        tens: ["yigirma", "o‘ttiz", "qirq", "ellik", "oltmish", "yetmish", "sakson", "to‘qson"],
        hundreds: [
            "bir yuz", "ikki yuz", "uch yuz", "to‘rt yuz", "besh yuz", "olti yuz", "yetti yuz", "sakkiz yuz",
            "to‘qqiz yuz",
        ],
        powers: [["ming"], ["million"], ["milliard"], ["trillion"], ["kvadrillion"]],
        som: ["so‘m"], tiyin: ["tiyin"])

    private static let english = Numerals(
        language: .en, zero: "zero",
        small: [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ],
        tens: ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        hundreds: [
            "one hundred", "two hundred", "three hundred", "four hundred", "five hundred", "six hundred",
            "seven hundred", "eight hundred", "nine hundred",
        ],
        powers: [["thousand"], ["million"], ["billion"], ["trillion"], ["quadrillion"]],
        som: ["so‘m"], tiyin: ["tiyin"])
}
