import PaymentValues
package import PayoutFiles
package import Payouts
import Reports

/// The JSON document of `payout check --json`.
package struct FileDocument: Encodable {
    let file: String
    /// The name that the batch will get. `nil` if the file name is not a valid batch name.
    let reference: String?
    let fileSHA256: String
    /// The encoding of a text file.
    let encoding: String?
    let delimiter: String?
    /// The sheet of a workbook.
    let sheet: String?
    let rows: Int
    let tiyin: Tiyin
    /// The total in each unit, if the file does not name its unit.
    let openUnit: OpenUnitDocument?
    let accounts: [String]
    let isPayable: Bool
    let errors: Int
    let warnings: Int
    /// How the people differ from those of last time.
    let comparison: ComparisonDocument
    /// The kinds of mistakes, each with the exact number of its rows.
    let groups: [GroupDocument]
    /// The single findings. Each kind of mistake has at most a thousand.
    let findings: [FindingDocument]

    package init(_ file: PayoutFile, language: Language) {
        self.file = file.name
        do {
            reference = try file.reference().name
        } catch {
            reference = nil
        }
        fileSHA256 = file.digest.hex
        encoding = file.encoding?.rawValue
        delimiter = file.delimiter?.description
        sheet = file.sheet
        rows = file.totals.rows
        tiyin = file.totals.sum
        openUnit = file.openUnit.map(OpenUnitDocument.init)
        accounts = file.accounts.map(\.digits)
        isPayable = file.isPayable
        errors = file.log.errorCount
        warnings = file.log.warningCount
        comparison = ComparisonDocument(file.comparison)
        groups = file.log.groups.map { GroupDocument($0, language: language) }
        findings = file.findings.map { FindingDocument($0, language: language) }
    }

    struct OpenUnitDocument: Encodable {
        let rows: Int
        /// The total in tiyin, if the amounts are so'm.
        let tiyinIfSom: Tiyin
        /// The total in tiyin, if the amounts are tiyin. `nil` if they cannot be, because they have decimals.
        let tiyinIfTiyin: Tiyin?

        init(_ open: OpenUnit) {
            (rows, tiyinIfSom, tiyinIfTiyin) = (open.rows, open.som, open.tiyin)
        }
    }

    struct GroupDocument: Encodable {
        let code: String
        let severity: String
        let column: String?
        let letter: String?
        let count: Int
        let rows: String
        let message: String
        let advice: String

        init(_ group: FindingGroup, language: Language) {
            code = group.first.problem.code
            severity = group.first.severity.rawValue
            column = group.first.column?.rawValue
            letter = group.first.letter
            count = group.count
            rows = group.rowsText(stretches: 50)
            message = group.first.message(in: language)
            advice = group.first.advice(in: language)
        }
    }

    struct FindingDocument: Encodable {
        let code: String
        let severity: String
        let row: Int?
        let column: String?
        /// The column's letter in Excel.
        let letter: String?
        let value: String?
        let message: String
        let advice: String

        init(_ finding: Finding, language: Language) {
            code = finding.problem.code
            severity = finding.severity.rawValue
            row = finding.row
            column = finding.column?.rawValue
            letter = finding.letter
            value = finding.value
            message = finding.message(in: language)
            advice = finding.advice(in: language)
        }
    }
}
