import CXLSXWriter
import PaymentValues
import Payouts

/// The first sheet: the balance check and a description of the batch.
struct SummarySheet {
    private let report: Report
    private let formats: ReportFormats

    init(_ report: Report, _ formats: ReportFormats) {
        self.report = report
        self.formats = formats
    }

    func write(_ statement: BatchStatement, to sheet: Sheet, footer: String) throws {
        let words = report.words
        for (column, width) in [46.0, 18, 26].enumerated() { try sheet.setColumn(column, width: width) }
        try sheet.setPage(footer: footer)
        try sheet.setRow(0, height: 26)
        try sheet.write("\(words.title): \(statement.reference)", 0, 0, formats.title)
        if statement.isPractice {
            try sheet.write(
                words.practiceBank.prefix(1).uppercased() + words.practiceBank.dropFirst(), 1, 0, formats.bad)
        }

        var row = 2
        for (column, text) in [words.closingProof, words.rowCount, words.sumInSom].enumerated() {
            try sheet.write(text, row, column, formats.heading)
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

        row += 2
        try sheet.write(words.commission, row, 0, formats.label)
        try sheet.write(statement.commission, row, 1, formats.money)
        for (label, text) in facts(of: statement) {
            row += 1
            try sheet.write(label, row, 0, formats.label)
            try sheet.write(text, row, 1, formats.text)
        }
    }

    private func facts(of statement: BatchStatement) -> [(String, String)] {
        let words = report.words
        let stamp = report.stamp
        var facts = [
            (words.file, statement.fileName), (words.digest, statement.digest.hex),
            (words.reference, statement.reference.name), (words.bank, words.nameOfBank(statement.bank)),
            (words.imported, "\(stamp.text(statement.importedAt)) \(words.by) \(statement.importedBy)"),
            (words.made, "\(stamp.text(stamp.at)) \(words.by) \(stamp.by)"),
        ]
        if let head = statement.ledgerHead { facts.append((words.ledgerHead, head)) }
        for (number, account) in statement.accounts.prefix(50).enumerated() {
            facts.append((number == 0 ? words.accounts : "", account.digits))
        }
        if !statement.warnings.isEmpty { facts.append((words.warnings, text(ofWarningsIn: statement))) }
        switch statement.approval {
        case .notNeeded: break
        case .missing(let by) where by.isEmpty: facts.append((words.approval, words.approvalMissing))
        case .missing(let by):
            facts.append((words.approval, "\(by.joined(separator: ", ")); \(words.moreApprovalsMissing)"))
        case .given(let by): facts.append((words.approval, by.joined(separator: ", ")))
        case .rejected(let who, let note): facts.append((words.rejection, "\(who): \(note)"))
        }
        if let pause = statement.pause {
            facts.append((words.pause, "\(report.text(of: pause)). \(words.runAgain)"))
        }
        return facts
    }

    private func text(ofWarningsIn statement: BatchStatement) -> String {
        let words = report.words
        let kinds = WarningKind.allCases.compactMap { kind in
            statement.warnings[kind].map { "\(words.warningKinds[kind] ?? kind.rawValue): \($0)" }
        }
        let acceptance = statement.warningsAcceptedBy.map { "\(words.accepted) \(words.by) \($0)" } ?? words.notAccepted
        return "\(kinds.joined(separator: "; ")) (\(acceptance))"
    }
}
