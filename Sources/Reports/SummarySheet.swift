import CXLSXWriter
import Foundation
import PaymentValues
import Payouts

/// The first sheet, to sign and file: who paid what and when, the balance check, and a description of the batch.
struct SummarySheet {
    private let report: Report
    private let formats: ReportFormats

    /// The widths of the columns, in characters.
    private static let widths = [46.0, 18, 36]

    init(_ report: Report, _ formats: ReportFormats) {
        self.report = report
        self.formats = formats
    }

    private var words: Words { report.words }

    func write(
        _ statement: BatchStatement, _ payments: PaymentFacts, _ history: [RecordedEvent], to sheet: Sheet,
        footer: String
    ) throws {
        for (column, width) in Self.widths.enumerated() { try sheet.setColumn(column, width: width) }
        try sheet.setPage(footer: footer, isUpright: true)
        try sheet.setRow(0, height: 26)
        try sheet.write("\(words.title): \(statement.reference)", 0, 0, formats.title)
        var row = 1
        if statement.isPractice {
            try sheet.write(
                words.practiceBank.prefix(1).uppercased() + words.practiceBank.dropFirst(), row, 0, formats.bad)
            row += 1
        }
        try write(payment(of: statement, payments), to: sheet, &row)
        row += 1
        try writeProof(of: statement, to: sheet, &row)
        row += 1
        try write(sums(of: statement, payments), to: sheet, &row)
        row += 1
        try write(origin(of: statement, history), to: sheet, &row)
        try SignatureLines(MonthWords.of(report.language), formats).write(to: sheet, below: row - 1)
    }

    // MARK: The balance check

    private func writeProof(of statement: BatchStatement, to sheet: Sheet, _ row: inout Int) throws {
        for (column, text) in [words.closingProof, words.rowCount, words.sumInSom].enumerated() {
            try sheet.write(text, row, column, column == 0 ? formats.heading : formats.headingOfNumbers)
        }
        for (state, totals) in try statement.parts {
            row += 1
            try sheet.write(words.state(state), row, 0, formats.state(state))
            try sheet.write(Double(totals.rows), row, 1, formats.number)
            try sheet.write(totals.sum, row, 2, formats.money)
        }
        let all = try statement.parts.reduce(ControlTotals.zero) { try $0.adding($1.totals) }
        var sums = [(words.total, all), (words.fileTotal, statement.file)]
        let corrections = statement.corrections
        if corrections.rows > 0 {
            sums.append((words.corrections, ControlTotals(rows: corrections.rows, sum: corrections.change)))
            sums.append((words.toPay, try statement.toPay))
        }
        for (text, totals) in sums {
            row += 1
            try sheet.write(text, row, 0, formats.total)
            try sheet.write(Double(totals.rows), row, 1, formats.total)
            try sheet.write(totals.sum, row, 2, formats.totalMoney)
        }
        row += 1
        let isProven = try statement.addsUp && all == statement.toPay
        let addsUp = corrections.rows > 0 ? words.addsUpCorrected : words.addsUp
        try sheet.write(isProven ? addsUp : words.doesNotAddUp, row, 0, isProven ? formats.good : formats.bad)
        row += 1
    }

    // MARK: Facts

    private enum Value {
        case text(String)
        case number(Int)
        case money(Tiyin)
        /// A time, and the person who did it then.
        case act(Date, String)
    }

    private func write(_ facts: [(label: String, value: Value)], to sheet: Sheet, _ row: inout Int) throws {
        var heights = TextHeights()
        for (label, value) in facts {
            try sheet.write(label, row, 0, formats.label)
            switch value {
            case .text(let text):
                try sheet.merge(text, row, 1...2, formats.wrapped)
                let lines = heights.lines(of: text, in: Self.widths[1] + Self.widths[2])
                if lines > 1 { try sheet.setRow(row, height: Double(lines) * 13 + 2) }
            case .number(let number): try sheet.write(Double(number), row, 1, formats.number)
            case .money(let tiyin): try sheet.write(tiyin, row, 1, formats.money)
            case .act(let time, let person):
                try sheet.write(report.stamp.serial(time), row, 1, formats.time)
                try sheet.write(person, row, 2, formats.text)
            }
            row += 1
        }
    }

    /// Who paid, when, from which account, and what.
    private func payment(of statement: BatchStatement, _ payments: PaymentFacts) -> [(String, Value)] {
        let days = payments.times.map { [$0.lowerBound, $0.upperBound].map(report.stamp.day) }
        var facts: [(String, Value)] = [
            (words.organisation, .text(report.stamp.organisation ?? "")),
            (words.paymentDate, .text(days.map { Set($0).count == 1 ? $0[0] : "\($0[0]) – \($0[1])" } ?? "")),
        ]
        for (number, account) in statement.accounts.prefix(50).enumerated() {
            facts.append((number == 0 ? words.accounts : "", .text(account.digits)))
        }
        return facts + [
            (words.file, .text(statement.fileName)), (words.bank, .text(words.nameOfBank(statement.bank))),
        ]
    }

    private func sums(of statement: BatchStatement, _ payments: PaymentFacts) -> [(String, Value)] {
        let (paid, language) = (statement[.paid], report.language)
        var facts: [(String, Value)] = [
            (words.paidRowsInWords, .text(AmountInWords.rows(paid.rows, in: language))),
            (words.paidSumInWords, .text(AmountInWords(paid.sum, in: language).text)),
            (words.commission, .money(statement.commission)),
        ]
        if payments.withoutCommission > 0 {
            facts.append((words.withoutCommission, .number(payments.withoutCommission)))
        }
        return facts
    }

    /// Who made, approved and reported the batch, and by which file.
    private func origin(of statement: BatchStatement, _ history: [RecordedEvent]) -> [(String, Value)] {
        let stamp = report.stamp
        var facts: [(String, Value)] = [(words.imported, .act(statement.importedAt, statement.importedBy))]
        switch statement.approval {
        case .notNeeded: break
        case .missing(let people):
            facts += approvals(by: people, history)
            facts.append((words.approval, .text(people.isEmpty ? words.approvalMissing : words.moreApprovalsMissing)))
        case .given(let people): facts += approvals(by: people, history)
        case .rejected(let who, let note): facts.append((words.rejection, .text("\(who): \(note)")))
        }
        facts.append((words.made, .act(stamp.at, stamp.by)))
        if !statement.warnings.isEmpty { facts.append((words.warnings, .text(text(ofWarningsIn: statement)))) }
        if let pause = statement.pause {
            facts.append((words.pause, .text("\(report.text(of: pause)). \(words.runAgain)")))
        }
        facts.append((words.digest, .text(statement.digest.hex)))
        if let head = statement.ledgerHead { facts.append((words.ledgerHead, .text(head))) }
        return facts
    }

    /// The approvals of the batch's present form. Each person's latest counts.
    private func approvals(by people: [String], _ history: [RecordedEvent]) -> [(String, Value)] {
        people.map { person in
            let latest = history.last { event in
                guard case .approved = event.why else { return false }
                return event.who == person
            }
            return (words.approval, latest.map { .act($0.at, person) } ?? .text(person))
        }
    }

    private func text(ofWarningsIn statement: BatchStatement) -> String {
        let kinds = WarningKind.allCases.compactMap { kind in
            statement.warnings[kind].map { "\(words.warningKinds[kind] ?? kind.rawValue): \($0)" }
        }
        let acceptance = statement.warningsAcceptedBy.map { "\(words.accepted) \(words.by) \($0)" } ?? words.notAccepted
        return "\(kinds.joined(separator: "; ")) (\(acceptance))"
    }
}
