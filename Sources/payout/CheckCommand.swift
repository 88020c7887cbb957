import ArgumentParser
import Bookkeeping
import Foundation
import PayoutFiles
import Payouts
import Reports

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a payout file. Nothing is stored or sent.")

    @Argument(help: "The payout file.")
    var file: String

    @Flag(help: "Write a workbook beside the file in which the faulty cells are marked: payroll.findings.xlsx.")
    var xlsx = false

    @OptionGroup var expected: ExpectedTotals
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.ledgerToLookInto()
            let checked = try services.check(file, against: ledger)
            try ledger?.close()
            if options.json {
                services.console.result(
                    try JSONText.of(FileDocument(checked.file, language: services.settings.language)))
                services.tellFindings(of: checked.file)
            } else {
                services.console.result(services.totalsText(of: checked.file))
                if checked.file.log.count > 0 { services.console.result(services.findingsText(of: checked.file)) }
            }
            if xlsx, let path = try services.writeFindings(of: checked) {
                services.console.say("the findings, cell by cell: \(path)")
            }
            try expected.check(checked.file.totals, of: checked.file.name)
            return checked.file.isPayable ? .everyRowPaid : .invalidFile
        }
    }
}

extension Services {
    /// The ledger where there is one: a file can be checked without.
    fileprivate func ledgerToLookInto() throws -> Ledger? {
        guard FileManager.default.fileExists(atPath: settings.ledgerPath) else { return nil }
        do {
            return try openLedger()
        } catch {
            console.say("payouts of other batches are not looked up: \(error)")
            return nil
        }
    }

    /// Writes the workbook of findings beside the file, where there are any.
    fileprivate func writeFindings(of checked: CheckedFile) throws -> String? {
        guard checked.file.log.count > 0 else { return nil }
        let path =
            URL(fileURLWithPath: checked.path).deletingPathExtension().appendingPathExtension("findings.xlsx").path
        try FindingsWorkbook(language: settings.language, fileName: checked.file.name).write(
            checked.file.log.groups.map { FindingsWorkbook.Remark($0, language: settings.language) }, to: path
        ) { write in
            let late = checked.file.log.kept.filter(\.isKnownLate)
            let lateByRow = Dictionary(grouping: late) { $0.row ?? 0 }
            try checked.file.readAgain(
                from: checked.path, options: checked.options, keepsCells: true
            ) { row in
                let findings = row.findings + lateByRow[row.row, default: []]
                try write(
                    FindingsWorkbook.Row(
                        number: row.row, cells: row.shown,
                        marks: findings.map { FindingsWorkbook.Mark($0, language: settings.language) }))
            }
        }
        return path
    }
}

extension Finding {
    /// Whether the row by itself did not show it.
    fileprivate var isKnownLate: Bool {
        switch problem {
        case .paidBefore, .amountFarOff: true
        default: false
        }
    }
}

extension FindingsWorkbook.Remark {
    fileprivate init(_ group: FindingGroup, language: Language) {
        let finding = group.first
        self.init(
            isError: finding.severity == .error, rows: group.rowsText(stretches: 50), count: group.count,
            column: finding.columnName, value: finding.value ?? "", message: finding.message(in: language),
            advice: finding.advice(in: language))
    }
}

extension FindingsWorkbook.Mark {
    fileprivate init(_ finding: Finding, language: Language) {
        self.init(
            position: finding.position, isError: finding.severity == .error,
            text: "\(finding.message(in: language))\n→ \(finding.advice(in: language))")
    }
}
