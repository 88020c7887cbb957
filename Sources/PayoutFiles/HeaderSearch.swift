import PaymentValues

/// Looks for the row that names the columns. Titles may come before it, with any words and numbers.
struct HeaderSearch {
    /// The largest number of rows above the header, such as titles and the company's name.
    private static let titleLimit = 20
    /// A row that names fewer columns may be a title, such as `Счёт: …`.
    private static let columnsOfAHeader = 3

    /// The part of the file that a row belongs to.
    enum Step {
        case title
        case header(Header)
        /// The first row under a header that names few columns.
        case below(Header)
    }

    private let choices: FileChoices
    private var facts = TitleFacts()
    /// The latest title that fills several fields, as a header with unknown names does.
    private var likely: (fields: [String], row: Int)?
    /// The numbers of the titles.
    private(set) var titles: [Int] = []
    /// The title that could be a header, should no better one come.
    private var nearest: (header: Header, row: Int)?

    init(_ choices: FileChoices) {
        self.choices = choices
    }

    mutating func take(_ all: [String], row: Int) -> Step {
        let found = header(all, row: row)
        if row == choices.headerRow || found.knownColumns >= Self.columnsOfAHeader { return .header(found) }
        if isPayout(all) || titles.count == Self.titleLimit {
            return header().map(Step.below) ?? .header(found)
        }
        if found.isKnown, found.knownColumns > nearest?.header.knownColumns ?? 0 { nearest = (found, row) }
        if all.count(where: { !$0.isEmpty }) >= Self.columnsOfAHeader { likely = (all, row) }
        facts.take(all, row: row)
        titles.append(row)
        return .title
    }

    /// Returns the title that is most like a header, which then is no title.
    mutating func header() -> Header? {
        if nearest == nil, let likely { nearest = (header(likely.fields, row: likely.row), likely.row) }
        titles.removeAll { $0 == nearest?.row }
        return nearest?.header
    }

    private func header(_ fields: [String], row: Int) -> Header {
        Header(fields, row: row, choices: choices, facts: facts)
    }

    /// Returns whether a row has a card among other fields. Then the header should have come before it.
    private func isPayout(_ fields: [String]) -> Bool {
        // A title may name the card of the company, with a word before it.
        let needed = nearest == nil ? Self.columnsOfAHeader : Self.columnsOfAHeader - 1
        return fields.count { !$0.isEmpty } >= needed && fields.contains(where: Self.isCard)
    }

    /// Whether a field is a card, also a damaged or masked one.
    static func isCard(_ field: String) -> Bool {
        let digits = unwrapped(field).filter { !$0.isWhitespace && $0 != "-" }
        return (15...19).contains(digits.utf8.count) && digits.utf8.allSatisfy(\.isASCIIDigit)
            || ExcelDamage.mark(on: field) == .scientificNotation || CardMask.isMasked(field)
    }
}
