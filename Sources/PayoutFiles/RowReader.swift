import PaymentValues
import Payouts

/// Takes the rows of a table one after another, finds the header, and keeps the totals and the findings. It is a class,
/// because the table's reader calls back with each row.
final class RowReader {
    /// The number of different accounts that are remembered, so that a file cannot fill the memory with accounts.
    private static let accountLimit = 1000

    private(set) var header: Header?
    private(set) var totals = ControlTotals.zero
    private(set) var log = FindingLog()
    private(set) var accounts: Set<SettlementAccount> = []
    private var latestAccount: SettlementAccount?
    /// The rows that are not payouts and were skipped: titles, a second header, and totals that agree.
    private(set) var passedOver: [PassedOver] = []
    private var search: HeaderSearch
    /// Whether a total row came before, and no payout after it.
    private var isBelowTotal = false
    private var hasRows = false
    /// Whether an unclosed quotation mark hid rows, so that their number is not known.
    private var hasHiddenRows = false
    private var isSumTooLarge = false
    private var hasTooManyRows = false
    private var payments = PaymentRows()
    private var keys = KeyRows()
    private var spread = AmountSpread()
    /// The total of all amounts that can be read, even in rows with errors. Total rows are compared with it.
    private var readable = RunningTotal()
    private var totalsAbove: [(row: Int, said: Tiyin, position: Int)] = []

    /// The delimiter of a text file. `nil` for a workbook.
    private let delimiter: Delimiter?
    private let options: PayoutFileOptions
    private let keepsCells: Bool
    /// The cards of the file whose marked copy this is.
    var originals: OriginalCards?
    /// The first and the last row that were checked as payouts.
    private(set) var checkedRows: ClosedRange<Int>?

    private struct RunningTotal {
        var sum = Tiyin.zero
        var sinceLastTotal = Tiyin.zero
        var rows = 0
        var isKnown = true

        mutating func add(_ amount: Tiyin?) {
            rows += 1
            do {
                guard let amount else {
                    isKnown = false
                    return
                }
                sum = try sum.adding(amount)
                sinceLastTotal = try sinceLastTotal.adding(amount)
            } catch {
                isKnown = false
            }
        }
    }

    /// Makes a reader.
    /// - Parameters:
    ///   - keepsCells: whether to keep the texts of all rows, even of rows without findings.
    ///   - sheet: the sheet, if the workbook has others too.
    init(delimiter: Delimiter?, sheet: String? = nil, options: PayoutFileOptions, keepsCells: Bool) {
        self.delimiter = delimiter
        log.sheet = sheet
        self.options = options
        search = HeaderSearch(options.choices)
        self.keepsCells = keepsCells
    }

    /// Takes a row.
    /// - Returns: the row, or `nil` if it is empty.
    func take(_ record: CSVRecord) -> ReadRow? {
        switch record.content {
        case .fields(let fields): return take(fields: fields, row: record.row)
        case .unclosedQuote:
            hasHiddenRows = true
            return refuse(.unclosedQuote, row: record.row)
        case .strayQuote: return refuse(.strayQuote, row: record.row)
        case .unreadable: return refuse(.unreadableText, row: record.row)
        }
    }

    func take(fields: RowFields, row: Int) -> ReadRow? {
        if let header, TotalRow.isRuledOut(by: fields, under: header) {
            return check(fields, row: row, under: header)
        }
        return take(fields, row: row)
    }

    /// Returns the reader of a file that has no rows to read.
    static func refusing(_ finding: Finding, _ options: PayoutFileOptions) -> RowReader {
        let reader = RowReader(delimiter: nil, options: options, keepsCells: false)
        reader.refuseRest(finding)
        return reader
    }

    /// Ends a file that cannot be read to its end.
    func refuseRest(_ finding: Finding) {
        log.add(finding)
    }

    private func refuse(_ problem: Problem, row: Int) -> ReadRow {
        hasRows = hasRows || header != nil
        readable.add(nil)
        return tell([Finding(problem, row: row)], of: [], row: row)
    }

    private func tell(
        _ findings: [Finding], of fields: [String], row: Int, payout: Payout? = nil
    ) -> ReadRow {
        for finding in findings { log.add(finding) }
        return ReadRow(row: row, fields: fields, columns: header?.columns ?? [], findings: findings, payout: payout)
    }

    private func take(_ record: RowFields, row: Int) -> ReadRow? {
        let all = record.texts
        let fields = all.suffixDropped(while: \.isEmpty)
        guard !fields.isEmpty else { return nil }
        guard let header else { return takeHead(record, all, fields, row: row) }
        guard header.isKnown else { return tell([], of: fields, row: row) }
        switch header.echo(in: fields) {
        case .same?:
            passedOver.append(PassedOver(row: row, kind: .secondHeader))
            return tell([], of: fields, row: row)
        case .different?: return tell([Finding(.otherHeader, row: row)], of: fields, row: row)
        case nil: break
        }
        // Empty fields behind the last column say nothing. Spreadsheets leave out those of a column that nobody has filled in
        // for some rows; a field that a payout needs is missed.
        let isWhole = all.count >= header.neededCount && fields.count <= header.fieldCount
        let padding = Array(repeating: "", count: max(header.fieldCount - all.count, 0))
        let filled =
            isWhole
            ? Array(all.prefix(header.fieldCount)) + padding : all.count < header.fieldCount ? all : fields
        if let total = TotalRow(filled, header: header) { return take(total, of: fields, row: row) }
        if NoteRow.isNote(fields, isBelowTotal: isBelowTotal, under: header) {
            passedOver.append(PassedOver(row: row, kind: .note))
            return tell([], of: fields, row: row)
        }
        guard isWhole else {
            hasRows = true
            return refuse(filled, row: row, under: header)
        }
        return check(
            record.resized(to: header.fieldCount), row: row, under: header,
            isPushedOut: all.count > header.writtenCount || all.count < header.fieldCount)
    }

    private func takeHead(_ record: RowFields, _ all: [String], _ fields: [String], row: Int) -> ReadRow? {
        switch search.take(all, row: row) {
        case .title: return tell([], of: fields, row: row)
        case .header(let found):
            begin(under: found)
            return tell(found.findings, of: fields, row: row)
        case .below(let found):
            begin(under: found)
            for finding in found.findings { log.add(finding) }
            return take(record, row: row)
        }
    }

    private func begin(under found: Header) {
        header = found
        log.headings = found.headings
        if found.isKnown { passedOver += search.titles.map { PassedOver(row: $0, kind: .title) } }
    }

    /// Checks a row with as many fields as the header.
    ///
    /// - Parameter isPushedOut: whether the row has more delimiters than the header, with nothing between them, or fewer.
    private func check(_ fields: RowFields, row: Int, under header: Header, isPushedOut: Bool = false) -> ReadRow {
        hasRows = true
        isBelowTotal = false
        noteChecked(row)
        let check = RowCheck(
            fields: fields, header: header, row: row, delimiter: delimiter, options: options,
            latestAccount: latestAccount, originals: originals, isPushedOut: isPushedOut)
        readable.add(check.amount)
        let cells = keepsCells ? fields.texts : []
        guard let payout = check.payout, accept(payout) else { return tell(check.findings, of: cells, row: row) }
        let findings = check.findings + doubles(of: payout)
        return tell(findings, of: cells, row: row, payout: payout)
    }

    private func noteChecked(_ row: Int) {
        checkedRows = (checkedRows?.lowerBound ?? row)...row
    }

    /// Refuses a row with more or fewer fields than the header.
    private func refuse(_ fields: [String], row: Int, under header: Header) -> ReadRow {
        readable.add(nil)
        let problem =
            isShifted(fields, row: row, under: header)
            ? Problem.shiftedByDelimiter : .wrongFieldCount(found: fields.count, expected: header.fieldCount)
        return tell([Finding(problem, row: row)], of: fields, row: row)
    }

    /// Returns whether the row is right if some neighbouring fields are joined. A delimiter inside a field may have cut
    /// it.
    private func isShifted(_ fields: [String], row: Int, under header: Header) -> Bool {
        let extra = fields.count - header.fieldCount
        guard let delimiter, (1...2).contains(extra) else { return false }
        return (0..<header.fieldCount).contains { place in
            let whole = fields[place...(place + extra)].joined(separator: String(delimiter.rawValue))
            let mended = Array(fields[..<place] + [whole] + fields[(place + extra + 1)...])
            let check = RowCheck(
                fields: RowFields(mended), header: header, row: row, delimiter: delimiter, options: options,
                isPushedOut: false)
            return check.findings.allSatisfy { finding in
                switch finding.problem {
                case .amountNotWhole, .amountHasTooManyDecimals, .amountAmbiguous: true
                default: finding.severity == .warning
                }
            }
        }
    }

    private func accept(_ payout: Payout) -> Bool {
        guard totals.rows < options.maximumRows else {
            hasTooManyRows = true
            return false
        }
        do {
            try totals.add(payout.amount)
        } catch {
            isSumTooLarge = true
            return false
        }
        if latestAccount != payout.account, accounts.count < Self.accountLimit {
            accounts.insert(payout.account)
            latestAccount = payout.account
        }
        spread.add(payout.amount, row: payout.row)
        return true
    }

    /// The findings that an earlier row pays the same card the same amount, or else has the same key.
    private func doubles(of payout: Payout) -> [Finding] {
        let sameKey = payout.rowKey.flatMap { keys.firstRow(with: $0, now: payout.row) }
        if let earlier = payments.firstRow(paying: payout.card, payout.amount, now: payout.row) {
            return [
                Finding(
                    .samePayment(asRow: earlier), row: payout.row, column: .pan, value: payout.card.digits,
                    position: header?.positions[.pan])
            ]
        }
        guard let sameKey else { return [] }
        return [
            Finding(
                .sameKey(asRow: sameKey), row: payout.row, column: .id, value: payout.rowKey,
                position: header?.positions[.id])
        ]
    }
}

/// Handles total rows, and findings that only the whole file shows.
extension RowReader {
    private func take(_ total: TotalRow, of fields: [String], row: Int) -> ReadRow {
        defer { readable.sinceLastTotal = .zero }
        isBelowTotal = hasRows
        guard let value = total.value, let column = header?.amount?.column else {
            passedOver.append(PassedOver(row: row, kind: .total(agrees: false)))
            return tell([], of: fields, row: row)
        }
        let isAmount = value.position == header?.amount?.position
        if !isAmount, unwrapped(value.text) == String(readable.rows) {
            passedOver.append(PassedOver(row: row, kind: .total(agrees: true)))
            return tell([], of: fields, row: row)
        }
        do throws(Problem) {
            let text = unwrapped(value.text)
            if let mark = ExcelDamage.mark(on: text) { throw mark }
            let said = try RowCheck.amount(text, in: column)
            if readable.rows == 0 {
                totalsAbove.append((row, said, value.position))
            } else if readable.isKnown {
                guard said == readable.sum || said == readable.sinceLastTotal else {
                    throw .totalDisagrees(counted: readable.sum)
                }
                passedOver.append(PassedOver(row: row, kind: .total(agrees: true)))
            }
            return tell([], of: fields, row: row)
        } catch {
            let finding = Finding(error, row: row, column: column, value: value.text, position: value.position)
            return tell([finding], of: fields, row: row)
        }
    }

    /// Completes the check, after the last row.
    ///
    /// - Parameters:
    ///   - more: what only the whole file shows of its rows and columns.
    ///   - cutRow: the last row, if the file ends in the middle of it.
    func finish(_ more: [Finding] = [], cutRow: Int? = nil) {
        for finding in more { log.add(finding) }
        if header == nil, let nearest = search.header() {
            begin(under: nearest)
            for finding in nearest.findings { log.add(finding) }
        }
        if let cutRow, hasRows, !passedOver.contains(where: { $0.row == cutRow }) {
            log.add(Finding(.fileCut, row: cutRow))
        }
        if header == nil, let title = search.titles.first {
            log.add(Finding(.noHeader, row: title))
        } else if header == nil, log.count == 0 {
            log.add(Finding(.emptyFile))
        } else if let header, header.isKnown, !hasRows, !hasHiddenRows {
            log.add(Finding(.noRows))
        }
        finishTotalsAbove()
        addOutliers()
        log.sortKept()
        if hasTooManyRows { log.add(Finding(.tooManyRows(limit: options.maximumRows))) }
        if isSumTooLarge {
            log.add(Finding(.batchTooLarge))
        } else if let limit = options.maximumBatch, totals.sum > limit {
            log.add(Finding(.batchAboveLimit(sum: totals.sum, limit: limit)))
        }
    }

    /// The total in each unit, if the file does not name its unit.
    var openUnit: OpenUnit? {
        guard header?.isUnitOpen == true, readable.isKnown, readable.rows > 0 else { return nil }
        let (tiyin, rest) = readable.sum.count.quotientAndRemainder(dividingBy: 100)
        return OpenUnit(rows: readable.rows, som: readable.sum, tiyin: rest == 0 ? Tiyin(tiyin) : nil)
    }

    private func finishTotalsAbove() {
        guard readable.isKnown, readable.rows > 0 else { return }
        for total in totalsAbove {
            if total.said == readable.sum {
                passedOver.append(PassedOver(row: total.row, kind: .total(agrees: true)))
            } else {
                log.add(
                    Finding(
                        .totalDisagrees(counted: readable.sum), row: total.row, column: header?.amount?.column,
                        value: total.said.description, position: total.position))
            }
        }
    }

    /// Adds findings about amounts that are far from the others.
    private func addOutliers() {
        guard let amount = header?.amount else { return }
        for outliers in spread.outliers() {
            let findings = outliers.known.map { entry in
                Finding(
                    .amountFarOff(isBelow: outliers.isBelow), row: entry.row, column: amount.column,
                    value: "\(entry.amount) so‘m", position: amount.position)
            }
            log.add(findings, count: outliers.count)
        }
    }
}
