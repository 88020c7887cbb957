import Foundation
package import PaymentValues
package import Payouts

/// A payout file as it was read: what it sums up to, and all that is to be said against it. Its payouts are handed out while
/// it is read, and not kept: a file may have a million.
///
///     let file = try PayoutFile.read(from: "payroll.csv", options: PayoutFileOptions(month: 11, year: 2026))
///     guard file.isPayable else { return file.findings.map { $0.message(in: .uz) } }
package struct PayoutFile: Sendable {
    /// The file's name, without its folder, in Unicode's form NFC; a card in it masked.
    package let name: String
    package let digest: FileDigest
    package let format: PayoutFileFormat
    /// Of the accepted rows.
    package let totals: ControlTotals
    /// The company's accounts that pay, each once, in order of digits.
    package let accounts: [SettlementAccount]
    package private(set) var log: FindingLog
    /// Rows that are no payouts, in the order of the file.
    package let passedOver: [PassedOver]
    /// Names of columns that mean nothing here, as they may be shown.
    package let ignoredColumns: [String]

    init(name: String, digest: FileDigest, format: PayoutFileFormat, reader: RowReader) {
        self.name = maskingTrueCardNumbers(in: name.precomposedStringWithCanonicalMapping)
        self.digest = digest
        self.format = format
        totals = reader.totals
        accounts = reader.accounts.sorted { $0.digits < $1.digits }
        log = reader.log
        passedOver = reader.passedOver.sorted { $0.row < $1.row }
        ignoredColumns = reader.header?.ignored ?? []
    }

    /// How the letters of a text file are written; `nil` for a workbook.
    package var encoding: FileEncoding? { if case .text(let encoding, _) = format { encoding } else { nil } }

    /// What stands between the fields of a text file; `nil` for a workbook.
    package var delimiter: Delimiter? { if case .text(_, let delimiter) = format { delimiter } else { nil } }

    /// The sheet of a workbook that was read.
    package var sheet: String? { if case .workbook(let sheet) = format { sheet } else { nil } }

    /// The findings, each, until there are too many to read; ``FindingLog/groups`` counts them all.
    package var findings: [Finding] { log.kept }

    /// Whether there is no error. Warnings are for a person to accept.
    package var isPayable: Bool { log.errorCount == 0 }

    /// The file's name without its extension.
    package var suggestedReference: String { Self.suggestedReference(forFileAt: name) }

    package static func suggestedReference(forFileAt path: String) -> String {
        let file = URL(fileURLWithPath: path)
        let reference = file.deletingPathExtension().lastPathComponent
        return maskingTrueCardNumbers(in: reference.isEmpty ? file.lastPathComponent : reference)
    }

    /// Names the batch that the file becomes.
    ///
    /// - Parameter chosen: what a person called it; by default it is called after the file.
    /// - Throws: `BatchReference.Invalid`, also for an invisible character in the file's own name: it is shown beside the
    ///   batch's.
    package func reference(chosen: String? = nil) throws(BatchReference.Invalid) -> BatchReference {
        try Self.reference(forFileNamed: name, chosen: chosen)
    }

    package static func reference(
        forFileNamed name: String, chosen: String? = nil
    ) throws(BatchReference.Invalid) -> BatchReference {
        if let scalar = name.unicodeScalars.first(where: { !$0.isVisible }) {
            throw BatchReference.Invalid(name: name, flaw: .invisible(scalar))
        }
        if let chosen { return try BatchReference(chosen) }
        // Without a stem, as in `..`, nothing is left to call a batch after.
        if name.hasPrefix(".") { throw BatchReference.Invalid(name: name, flaw: .dotFirst) }
        return try BatchReference(suggestedReference(forFileAt: name))
    }

    /// Adds what others than the file know of its rows.
    package mutating func add(_ more: FindingLog) {
        log.add(more)
    }
}
