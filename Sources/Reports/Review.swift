package import PaymentValues
package import Payouts

/// The rows of a batch that need a person, grouped by remedy and reason.
package struct Review: Sendable {
    package private(set) var groups: [Group] = []

    /// The rows with the same state and reason.
    package struct Group: Sendable {
        package let remedy: Remedy
        package let state: PayoutState
        package let reason: Reason?
        package fileprivate(set) var totals: ControlTotals
        package fileprivate(set) var rows: [ClosedRange<Int>]
        /// The bank's own texts, without duplicates.
        package fileprivate(set) var bankTexts: [String]
        fileprivate let advice: String?

        /// The rows in the syntax of `--rows`: `3,7-9`.
        package var rowsText: String {
            rows.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
                .joined(separator: ",")
        }
    }

    private struct Key: Hashable {
        let state: PayoutState
        let code: ReasonCode?
    }

    /// The largest number of bank texts in a group. More texts would add nothing new.
    private static let textLimit = 5

    private let report: Report
    private var places: [Key: Int] = [:]

    package init(_ report: Report) {
        self.report = report
    }

    /// Adds a row. Rows must come in the file's order.
    package mutating func take(_ row: StatementRow) throws(Tiyin.Overflow) {
        guard let remedy = remedy(for: row) else { return }
        let key = Key(state: row.state, code: row.reason?.code)
        let place = places[key] ?? groups.count
        if place == groups.count {
            places[key] = place
            groups.append(
                Group(
                    remedy: remedy, state: row.state, reason: row.reason, totals: .zero, rows: [], bankTexts: [],
                    advice: report.advice(on: row)))
        }
        try groups[place].totals.add(row.amount)
        if let last = groups[place].rows.last, last.upperBound == row.row - 1 {
            groups[place].rows[groups[place].rows.count - 1] = last.lowerBound...row.row
        } else {
            groups[place].rows.append(row.row...row.row)
        }
        if let text = row.reason?.bankWords, groups[place].bankTexts.count < Self.textLimit,
            !groups[place].bankTexts.contains(text)
        {
            groups[place].bankTexts.append(text)
        }
    }
}

extension Review {
    /// Returns the remedy for a row, or `nil` if the row needs no person.
    private func remedy(for row: StatementRow) -> Remedy? {
        switch row.state {
        case .unknown, .sending, .review: .settle
        case .paid: row.reason?.code == .reversedAtBank ? .settle : nil
        case .refused:
            switch row.reason?.code {
            case nil, .failedAtBank?, .reversedAtBank?: .settle
            case let code?: report.catalogue.remedy(ofRefusal: code)
            }
        case .queued, .withdrawn: nil
        }
    }
}

/// The review as text for people.
extension Review {
    package func text(of statement: BatchStatement) -> String {
        let words = report.words
        let bank = "\(words.bank): \(words.nameOfBank(statement.bank))"
        guard !groups.isEmpty else { return "\(bank)\n\(words.nothingToReview)" }
        return bank + "\n\n"
            + Remedy.allCases.compactMap { remedy in
                let groups = groups.filter { $0.remedy == remedy }
                guard !groups.isEmpty, let title = words.remedies[remedy] else { return nil }
                return ([title] + groups.map(text)).joined(separator: "\n")
            }.joined(separator: "\n\n")
    }

    private func text(of group: Group) -> String {
        let words = report.words
        // Leave out the bank's texts: they follow below, without duplicates.
        let reason = group.reason.map { report.text(of: Reason($0.code, httpStatus: $0.httpStatus)) } ?? ""
        let code = group.reason.map { " (\($0.code))" } ?? ""
        var lines = [
            "  \(words.state(group.state)): \(reason)\(code)",
            "    \(report.text(of: group.totals))",
            "    --rows \(group.rowsText)",
        ]
        lines += group.bankTexts.map { "    \(words.bankSaid) \(words.quoted($0))" }
        if let advice = group.advice { lines.append("    → \(advice)") }
        return lines.joined(separator: "\n")
    }
}

/// The review as a document for programs.
extension Review {
    package struct Document: Encodable {
        let batch: String
        let bank: String?
        let groups: [GroupDocument]
    }

    package struct GroupDocument: Encodable {
        let remedy: String
        let state: String
        let reason: String?
        let text: String?
        let bankTexts: [String]
        let advice: String?
        let rows: String
        let count: Int
        let tiyin: Int64
    }

    package func document(of statement: BatchStatement) -> Document {
        Document(
            batch: statement.reference.name, bank: statement.bank,
            groups: groups.map { group in
                GroupDocument(
                    remedy: group.remedy.rawValue, state: group.state.rawValue, reason: group.reason?.code.rawValue,
                    text: group.reason.map { report.text(of: Reason($0.code, httpStatus: $0.httpStatus)) },
                    bankTexts: group.bankTexts, advice: group.advice, rows: group.rowsText, count: group.totals.rows,
                    tiyin: group.totals.sum.count)
            })
    }
}
