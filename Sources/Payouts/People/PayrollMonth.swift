/// The month that a payroll is for, as the name of its file or batch says it: `payroll-2026-11`, `Зарплата ноябрь 2026`.
package struct PayrollMonth: Hashable, Sendable {
    private let year: Int?
    /// From 1 to 12.
    private let month: Int

    /// Reads a month from a name.
    /// - Returns: `nil` if the name says no month, or several.
    package init?(in name: String) {
        let words = SearchText(name).folded.split { !$0.isLetter && !$0.isNumber }
        let numbers = name.split { !$0.isNumber }
        let years = Set(numbers.filter { $0.count == 4 && $0.hasPrefix("20") }.compactMap { Int($0) })
        let named = Set(words.compactMap(Self.month))
        let dates = zip(numbers, numbers.dropFirst()).filter { first, second in
            name.distance(from: first.endIndex, to: second.startIndex) == 1
        }
        // 2026-11 beside 30 is November: a date that begins with its year is not also read from its end.
        let yearFirst = Set(dates.compactMap { Self.month($1, ofYear: $0) })
        let yearLast = Set(dates.compactMap { Self.month($0, ofYear: $1) })
        let months = !named.isEmpty ? named : !yearFirst.isEmpty ? yearFirst : yearLast
        guard let month = months.first, months.count == 1, years.count <= 1 else { return nil }
        (self.month, year) = (month, years.first)
    }

    /// Whether this month comes right after another.
    package func follows(_ other: PayrollMonth) -> Bool {
        if let year, let otherYear = other.year { return year * 12 + month == otherYear * 12 + other.month + 1 }
        return month == other.month % 12 + 1
    }

    /// Returns the month in a number beside a year.
    private static func month(_ text: Substring, ofYear year: Substring) -> Int? {
        guard year.count == 4, text.count <= 2, let month = Int(text), (1...12).contains(month) else { return nil }
        return month
    }

    /// The beginnings of the months' names in Russian, Uzbek and English, in one alphabet.
    private static let beginnings = [
        ["ianv", "janu"], ["fev", "febr"], ["mart", "march"], ["apr"], ["mai"], ["iiun", "iun", "june"],
        ["iiul", "iul", "juli"], ["avg", "augu"], ["sent", "sept"], ["okt", "octo"], ["noia", "noiabr", "nove"],
        ["dek", "dece"],
    ].map { $0.map { SearchText($0).folded } }

    private static func month(of word: Substring) -> Int? {
        beginnings.firstIndex { $0.contains { word.hasPrefix($0) } }.map { $0 + 1 }
    }
}
