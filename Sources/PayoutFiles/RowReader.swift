import Payouts

/// Takes the records of a payout file one after another and keeps the payouts and the findings. A class, for the CSV
/// parser calls back with nothing but the record.
final class RowReader {
    /// A record that no text contains, for a NUL is no text. It is put behind the last one: where it does not come
    /// back alone, a quotation mark before it was never closed.
    static let endMark = "\0"

    private(set) var header: Header?
    private(set) var payouts: [Payout] = []
    private(set) var totals = ControlTotals.zero
    private(set) var findings: [Finding] = []
    /// The number of the latest record, as Excel shows it.
    private(set) var row = 0
    private var hasRows = false
    /// Whether a quotation mark hid rows, so that nothing can be said of how many there are.
    private var hasHiddenRows = false
    private var isSumTooLarge = false
    private var rowsByPayment: [Payment: Int] = [:]

    private let delimiter: Delimiter
    private let options: PayoutFileOptions

    private struct Payment: Hashable {
        let card: CardNumber
        let amount: Tiyin
    }

    init(delimiter: Delimiter, options: PayoutFileOptions) {
        self.delimiter = delimiter
        self.options = options
    }

    func take(_ record: [String]) {
        if record == [Self.endMark] { return }
        row += 1
        if record.last?.contains(Self.endMark) == true {
            findings.append(Finding(.unclosedQuote, row: row))
            hasHiddenRows = true
            return
        }
        let fields = record.map(trimmed)
        guard fields.contains(where: { !$0.isEmpty }) else { return }
        guard let header else {
            let header = Header(fields, row: row)
            findings += header.findings
            self.header = header
            return
        }
        hasRows = true
        if header.isKnown { check(fields, under: header) }
    }

    /// After the last record: what concerns the file as a whole.
    func finish() {
        if header == nil, findings.isEmpty {
            findings.append(Finding(.emptyFile))
        } else if let header, header.isKnown, !hasRows, !hasHiddenRows {
            findings.append(Finding(.noRows))
        }
        if isSumTooLarge {
            findings.append(Finding(.batchTooLarge))
        } else if let limit = options.maximumBatch, totals.sum > limit {
            findings.append(Finding(.batchAboveLimit(sum: totals.sum, limit: limit)))
        }
    }

    /// The parser gave up behind the latest record.
    func stopAtStrayQuote() {
        row += 1
        hasHiddenRows = true
        findings.append(Finding(.strayQuote, row: row))
    }

    private func check(_ fields: [String], under header: Header) {
        guard fields.count == header.fieldCount else {
            findings.append(
                Finding(.wrongFieldCount(found: fields.count, expected: header.fieldCount), row: row))
            return
        }
        guard !fields.contains(where: hasSwallowedARow) else {
            findings.append(Finding(.unclosedQuote, row: row))
            return
        }
        var check = RowCheck(fields: fields, header: header, row: row, options: options)
        let payout = check.payout()
        findings += check.findings
        if let payout { accept(payout) }
    }

    /// Two lost quotation marks close each other, and the rows between them hide in one field.
    private func hasSwallowedARow(_ field: String) -> Bool {
        guard field.contains(where: \.isNewline) else { return false }
        return field.count { $0 == delimiter.rawValue } >= Column.required.count
    }

    private func accept(_ payout: Payout) {
        do {
            try totals.add(payout.amount)
        } catch {
            isSumTooLarge = true
            return
        }
        payouts.append(payout)
        let payment = Payment(card: payout.card, amount: payout.amount)
        if let earlier = rowsByPayment[payment] {
            findings.append(
                Finding(.samePayment(asRow: earlier), row: row, column: .pan, value: payout.card.digits))
        } else {
            rowsByPayment[payment] = row
        }
    }
}
