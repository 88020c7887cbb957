import PayoutFiles
import Payouts

/// What `payout check --json` prints.
struct FileDocument: Encodable {
    let file: String
    let fileSHA256: String
    let rows: Int
    let tiyin: Tiyin
    let accounts: [String]
    let isPayable: Bool
    let findings: [FindingDocument]

    init(_ file: PayoutFile, language: Language) {
        self.file = file.name
        fileSHA256 = file.digest.hex
        rows = file.totals.rows
        tiyin = file.totals.sum
        accounts = file.accounts.map(\.digits)
        isPayable = file.isPayable
        findings = file.findings.map { FindingDocument($0, language: language) }
    }

    struct FindingDocument: Encodable {
        let severity: String
        let row: Int?
        let column: String?
        let value: String?
        let message: String
        let advice: String

        init(_ finding: Finding, language: Language) {
            severity = finding.severity.rawValue
            row = finding.row
            column = finding.column?.rawValue
            value = finding.value
            message = finding.message(in: language)
            advice = finding.advice(in: language)
        }
    }
}
