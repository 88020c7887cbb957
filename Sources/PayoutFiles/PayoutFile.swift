import Foundation
package import PaymentValues
package import Payouts

/// A payout file after it was read: its totals and all findings. The payouts are passed on while the file is read, and
/// not kept: a file may have a million.
///
///     let file = try PayoutFile.read(from: "payroll.csv", options: PayoutFileOptions(month: 11, year: 2026))
///     guard file.isPayable else { return file.findings.map { $0.message(in: .uz) } }
package struct PayoutFile: Sendable {
    /// The file's name without its folder, in Unicode's form NFC. A card in it is masked.
    package let name: String
    package let digest: FileDigest
    package let format: PayoutFileFormat
    /// The totals of the accepted rows.
    package let totals: ControlTotals
    /// The sender accounts, without duplicates, sorted by digits.
    package let accounts: [SettlementAccount]
    package private(set) var log: FindingLog
    /// The rows that are not payouts, in the order of the file.
    package let passedOver: [PassedOver]
    /// The file whose marked copy this is.
    package internal(set) var original: FileDigest?
    /// The total in each unit, if the file does not name its unit.
    package let openUnit: OpenUnit?
    /// Every heading with its meaning, if columns are missing or doubled, or if a person named them. A person may name
    /// or change them.
    package let headings: [Heading]
    /// The headings, for later files that have the same.
    package let headingsKey: HeadingsKey?
    /// Names of columns that mean nothing here, as they may be shown.
    package let ignoredColumns: [String]
    /// How the people differ from those of last time. `nil` if there is nothing to compare with.
    package var comparison: Comparison?

    init(name: String, digest: FileDigest, format: PayoutFileFormat, reader: RowReader) {
        self.name = maskingTrueCardNumbers(in: name.precomposedStringWithCanonicalMapping)
        self.digest = digest
        self.format = format
        totals = reader.totals
        accounts = reader.accounts.sorted { $0.digits < $1.digits }
        log = reader.log
        openUnit = reader.openUnit
        headings = reader.header?.headingsToName ?? []
        headingsKey = reader.header?.key
        passedOver = reader.passedOver.sorted { $0.row < $1.row }
        ignoredColumns = reader.header?.ignored ?? []
    }

    /// A heading as it may be shown.
    package struct Heading: Hashable, Sendable {
        package let row: Int
        package let place: Int
        package let text: String
        package let column: Column?
        /// Whether it is an amount without a unit, which is asked for by itself.
        package let leavesUnitOpen: Bool

        /// Whether what a person said holds for later files too. An amount whose heading names no unit is asked for each
        /// time.
        package var mayBeRemembered: Bool { column == nil || !Column.leavesUnitOpen(text) }
    }

    /// How the letters of a text file are written; `nil` for a workbook.
    package var encoding: FileEncoding? { if case .text(let encoding, _) = format { encoding } else { nil } }

    /// The delimiter of a text file. `nil` for a workbook.
    package var delimiter: Delimiter? { if case .text(_, let delimiter) = format { delimiter } else { nil } }

    /// The sheet of a workbook that was read.
    package var sheet: String? { if case .workbook(let sheet) = format { sheet } else { nil } }

    /// The findings, until there are too many to read. ``FindingLog/groups`` counts all of them.
    package var findings: [Finding] { log.kept }

    /// Whether there are no errors. A person must accept the warnings.
    package var isPayable: Bool { log.errorCount == 0 }

    /// The file's name without its extension.
    package var suggestedReference: String { Self.suggestedReference(forFileAt: name) }

    package static func suggestedReference(forFileAt path: String) -> String {
        let file = URL(fileURLWithPath: path)
        let reference = file.deletingPathExtension().lastPathComponent
        return maskingTrueCardNumbers(in: reference.isEmpty ? file.lastPathComponent : reference)
    }

    /// Returns the name of the batch.
    ///
    /// - Parameter chosen: the name that a person chose. By default it is the file's name.
    /// - Throws: `BatchReference.Invalid`. An invisible character in the file's own name also counts, because that name
    ///   is shown too.
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
        // A name without a stem, such as `..`, leaves nothing for the batch's name.
        if name.hasPrefix(".") { throw BatchReference.Invalid(name: name, flaw: .dotFirst) }
        return try BatchReference(suggestedReference(forFileAt: name))
    }

    /// Removes the warnings that only the amounts of the file itself gave. A comparison of each person's amounts knows more.
    package mutating func removeAmountsFarOff() {
        log.remove(.amountFarOff)
    }

    /// Adds findings about the rows that come from outside the file.
    package mutating func add(_ more: FindingLog) {
        log.add(more)
    }
}

/// The sum of a file whose header names no unit, read both ways.
package struct OpenUnit: Hashable, Sendable {
    package let rows: Int
    package let som: Tiyin
    /// `nil` where amounts have decimals, which tiyin cannot have.
    package let tiyin: Tiyin?
}
