import Foundation
import PayoutFiles
package import Payouts
import Reports

/// Writes a workbook that marks the faulty cells of a file.
package struct MarkFindings: Sendable {
    let language: Language

    package init(in language: Language) {
        self.language = language
    }

    /// Reads the file again, because the check does not keep its cells.
    package func run(_ checked: CheckedFile, to path: String) throws(OperationError) {
        try OperationError.classifying { try write(checked, to: path) }
    }

    private func write(_ checked: CheckedFile, to path: String) throws {
        try FindingsWorkbook(
            language: language, fileName: checked.file.name,
            original: (checked.file.original ?? checked.file.digest).mark
        ).write(
            checked.file.log.groups.map { FindingsWorkbook.Remark($0, of: checked.file.log, language: language) },
            to: path
        ) { write in
            let late = checked.file.log.kept.filter(\.isKnownLate)
            let lateByRow = Dictionary(grouping: late) { $0.row ?? 0 }
            try checked.file.readAgain(
                from: checked.path, options: checked.options, keepsCells: true
            ) { row in
                let findings = row.findings + lateByRow[row.row, default: []]
                try write(
                    FindingsWorkbook.Row(
                        number: row.row, cells: row.copied,
                        marks: findings.map { FindingsWorkbook.Mark($0, language: language) }))
            }
        }
    }
}

extension Finding {
    /// Whether the finding depends on other rows or batches.
    fileprivate var isKnownLate: Bool {
        switch problem {
        case .paidBefore, .keyUsedBefore, .amountFarOff, .fileCut, .cardChanged, .personUnclear, .amountUnusual,
            .cardShared, .newPersonHighAmount:
            true
        default: false
        }
    }
}

extension FindingsWorkbook.Remark {
    fileprivate init(_ group: FindingGroup, of log: FindingLog, language: Language) {
        let finding = group.first
        self.init(
            isError: finding.severity == .error, rows: group.rowsText(stretches: 50), count: group.count,
            column: log.columnName(of: finding, in: language), value: finding.value ?? "",
            message: finding.message(in: language),
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
