import PaymentValues

/// The header row with the position of each column. It is a class because the check of each row holds it: a copy would
/// cost more.
final class Header {
    /// The number of fields that each row must have.
    let fieldCount: Int
    /// The number of fields in the header itself, with empty ones at its end.
    let writtenCount: Int
    /// The position of each known column. A column that occurs twice is left out, because the right one is not known.
    let positions: ColumnPositions
    /// The column at each position.
    let columns: [Column?]
    /// The headings of the file, masked for display.
    let headings: [String]
    /// The headings that are not known, masked for display.
    let ignored: [String]
    let findings: [Finding]
    let hasErrors: Bool
    /// The single amount column with its position. `nil` if there are none or two.
    let amount: (column: Column, position: Int)?

    /// The headings, for later files that have the same.
    let key: HeadingsKey?

    private let row: Int
    private let mayBeNamed: Bool
    private let isAnswered: Bool
    private let nameless: Set<Int>
    /// Headings of amounts whose unit neither the file nor a person names.
    private let unitless: Set<Int>

    /// The account and the MFO of all rows, where no column has them.
    let account: SettlementAccount?
    let bankCode: BankCode?
    /// Whether nobody names the unit of the amount: neither its heading nor a person. It is read as so'm, which may
    /// have decimals.
    let isUnitOpen: Bool

    /// - Parameter facts: what the titles above say.
    init(_ all: [String], row: Int, choices: FileChoices = FileChoices(), facts: TitleFacts = TitleFacts()) {
        let fields = all.suffixDropped(while: \.isEmpty)
        // A row with a card is a payout, even if a person chose it as the header.
        let isPayout = fields.contains(where: HeaderSearch.isCard)
        let said = isPayout ? fields.map { _ in nil } : choices.meanings(of: fields, row: row)
        writtenCount = all.count
        nameless = Set(fields.indices.filter { fields[$0].isEmpty })
        var unit = AmountUnit?.none
        (columns, unit) = Self.columns(of: fields, said, choices.unit)
        isUnitOpen = unit == nil
        fieldCount = fields.count
        self.row = row
        unitless = Set(
            fields.indices.filter { Column.leavesUnitOpen(fields[$0]) && said[$0] == nil })
        key = isPayout ? nil : HeadingsKey(fields)
        mayBeNamed = !isPayout
        isAnswered = !isPayout && choices.hasAnswer(for: fields, row: row)
        headings = fields.map { shownValue($0, in: nil) }
        ignored = zip(fields, columns).filter { $1 == nil && !$0.isEmpty }.map { shownValue($0.0, in: nil) }
        var places: [Column: [Int]] = [:]
        for (position, column) in columns.enumerated() {
            if let column { places[column, default: []].append(position) }
        }
        let positions = ColumnPositions(places.compactMapValues { $0.count == 1 ? $0[0] : nil })
        self.positions = positions
        amount = [Column.amount, .amountUZS].lazy.compactMap { column in positions[column].map { (column, $0) } }.first
        guard !places.isEmpty else {
            (account, bankCode) = (nil, nil)
            findings = [Finding(.noHeader, row: row)]
            hasErrors = true
            return
        }
        var findings = Column.allCases.filter { places[$0, default: []].count > 1 }
            .map { Finding(.doubledColumn, row: row, column: $0, position: places[$0]?.last) }
        let ofAll = OfAllRows(missing: { places[$0] == nil }, choices: choices, facts: facts)
        (account, bankCode) = (ofAll.account, ofAll.bankCode)
        findings += ofAll.findings
        findings += Column.required.filter { places[$0] == nil && !ofAll.has($0) }
            .map { column in
                let isPayer = column == .account || column == .mfo
                return Finding(isPayer ? .missingPayer : .missingColumn, row: row, column: column)
            }
        switch (places[.amount], places[.amountUZS]) {
        case (nil, nil): findings.append(Finding(.missingAmountColumn, row: row, column: .amount))
        case (.some, let second?):
            findings.append(Finding(.twoAmountColumns, row: row, column: .amountUZS, position: second.first))
        case (nil, let places?) where unit == nil:
            findings.append(
                Finding(.unitNotSaid, row: row, column: .amount, value: fields[places[0]], position: places[0]))
        case (.some, nil), (nil, .some): break
        }
        self.findings = findings
        hasErrors = findings.contains { $0.severity == .error }
    }

    /// Returns the meaning of each column, and the unit of the amounts. The unit is `nil` if an amount's heading leaves
    /// it open.
    private static func columns(
        of fields: [String], _ said: [Column??], _ chosen: AmountUnit?
    ) -> ([Column?], AmountUnit?) {
        // A column that a person named replaces another one whose heading has the same meaning.
        let taken = Set(said.compactMap { $0 ?? nil }.map(\.ofOneKind))
        var unit = AmountUnit?.some(.som)
        let columns = fields.indices.map { place -> Column? in
            if let said = said[place] { return said }
            guard let column = Column(header: fields[place]), !taken.contains(column.ofOneKind) else { return nil }
            guard column == .amount, Column.leavesUnitOpen(fields[place]) else { return column }
            guard let chosen else {
                unit = nil
                return .amountUZS
            }
            return chosen.column
        }
        return (columns, unit)
    }

    /// Whether the rows can be paid after a person has answered what the file leaves open.
    var namesPayouts: Bool {
        !findings.contains { finding in
            switch finding.problem {
            case .unitNotSaid, .missingPayer: false
            default: finding.severity == .error
            }
        }
    }

    /// Every heading with its column, if a person should name the columns, or may change their names.
    var headingsToName: [PayoutFile.Heading] {
        let isAsked = findings.contains { finding in
            switch finding.problem {
            case .noHeader, .missingColumn, .missingAmountColumn, .doubledColumn, .twoAmountColumns: true
            default: false
            }
        }
        guard mayBeNamed, isAsked || isAnswered else { return [] }
        return headings.indices.filter { !headings[$0].isEmpty }.map { place in
            PayoutFile.Heading(
                row: row, place: place, text: headings[place], column: columns[place],
                leavesUnitOpen: unitless.contains(place))
        }
    }

    /// How many columns of ours it names.
    var knownColumns: Int { Set(columns.compactMap(\.self)).count }

    /// How many fields a row must have at least. A program may leave out empty ones behind them.
    var neededCount: Int {
        let needed = [Column.account, .mfo, .pan, .exp, .amount, .amountUZS].compactMap { positions[$0] }
        return (needed.max() ?? fieldCount - 1) + 1
    }

    /// Whether the rows can be read at all.
    var isKnown: Bool { !positions.isEmpty }

    /// A row that repeats the header: the same names, perhaps in another language, or the numbers of the columns.
    enum Echo {
        case same
        /// The columns are in another order than in the header.
        case different
    }

    func echo(in fields: [String]) -> Echo? {
        let names = zip(fields, columns).compactMap { field, above in
            above.flatMap { above in Column(header: field).map { (above, $0) } }
        }
        if names.count >= 3, !fields.contains(where: { $0.utf8.count(where: \.isASCIIDigit) > 4 }) {
            return names.allSatisfy { $0.0 == $0.1 } ? .same : .different
        }
        let isNumbered = fields.count >= 5 && fields.enumerated().allSatisfy { $1 == String($0 + 1) }
        return isNumbered ? .same : nil
    }

    /// Returns whether the decimals of an amount could be in this column because a comma cut the amount. The column
    /// must follow the amount directly, and its name must not promise numbers.
    func mayHoldCutDecimals(_ position: Int) -> Bool {
        amount.map { $0.position + 1 } == position && (positions[.name] == position || nameless.contains(position))
    }

}

/// The account and the MFO where no column has them: from a person, a setting or the titles.
private struct OfAllRows {
    private(set) var account: SettlementAccount?
    private(set) var bankCode: BankCode?
    private(set) var findings: [Finding] = []

    init(missing: (Column) -> Bool, choices: FileChoices, facts: TitleFacts) {
        if missing(.account) { takeAccount(choices.account, facts) }
        if missing(.mfo) { takeBankCode(choices.bankCode, facts) }
    }

    private mutating func takeAccount(_ chosen: SettlementAccount?, _ facts: TitleFacts) {
        account = chosen ?? facts.account?.value
        guard let account else { return }
        if let title = facts.account, title.value != chosen {
            let problem =
                chosen == nil ? Problem.accountFromTitle(account.digits) : .otherAccountInTitle(account.digits)
            findings.append(Finding(problem, row: title.row, column: .account, value: title.value.digits))
        }
        if !UsualDigits.isInSom(account) { find(.otherCurrency(account.currencyCode), account) }
        if UsualDigits.endsInZeros(account) { find(.accountEndsInZeros, account) }
    }

    private mutating func find(_ problem: Problem, _ account: SettlementAccount) {
        findings.append(Finding(problem, column: .account, value: account.digits))
    }

    private mutating func takeBankCode(_ chosen: BankCode?, _ facts: TitleFacts) {
        bankCode = chosen ?? facts.bankCode?.value
        guard let bankCode, let title = facts.bankCode, title.value != chosen else { return }
        let problem =
            chosen == nil ? Problem.bankCodeFromTitle(bankCode.digits) : .otherBankCodeInTitle(bankCode.digits)
        findings.append(Finding(problem, row: title.row, column: .mfo, value: title.value.digits))
    }

    func has(_ column: Column) -> Bool {
        switch column {
        case .account: account != nil
        case .mfo: bankCode != nil
        default: false
        }
    }
}

/// The position of each column in a row. An array: a dictionary would hash five names a row, a sixth of a check.
struct ColumnPositions {
    private let positions: [Int?]

    init(_ positions: [Column: Int]) {
        self.positions = Column.allCases.map { positions[$0] }
    }

    subscript(column: Column) -> Int? { positions[column.place] }

    var isEmpty: Bool { positions.allSatisfy { $0 == nil } }
}

extension Column {
    /// The column, the two of amounts being one.
    fileprivate var ofOneKind: Column { self == .amountUZS ? .amount : self }

    /// The index among all cases.
    fileprivate var place: Int {
        switch self {
        case .account: 0
        case .mfo: 1
        case .pan: 2
        case .exp: 3
        case .amount: 4
        case .amountUZS: 5
        case .name: 6
        case .id: 7
        }
    }
}

extension Array {
    /// Returns the array without the last elements that meet a condition.
    func suffixDropped(while isDropped: (Element) -> Bool) -> [Element] {
        Array(prefix((lastIndex { !isDropped($0) } ?? -1) + 1))
    }
}
