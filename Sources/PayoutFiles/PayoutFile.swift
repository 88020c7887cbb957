import Crypto
import Foundation
import Payouts
import SwiftCSV

/// A payout file as it was read: its payouts, and all that is to be said against it.
///
///     let file = try PayoutFile.read(from: "payroll.csv", options: PayoutFileOptions(month: 11, year: 2026))
///     guard file.isPayable else { return file.errors.map { $0.message(in: .uz) } }
package struct PayoutFile: Sendable {
    /// The file's name, without its folder.
    package let name: String
    package let digest: FileDigest
    package let encoding: FileEncoding
    package let delimiter: Delimiter
    /// Of the accepted rows.
    package let totals: ControlTotals
    /// The rows without an error, in the order of the file.
    package let payouts: [Payout]
    /// In the order of the file; what concerns the file as a whole comes last.
    package let findings: [Finding]
    /// Names of columns that mean nothing here, as they may be shown.
    package let ignoredColumns: [String]

    /// - Parameters:
    ///   - name: The file's name.
    ///   - bytes: All of the file.
    package init(name: String, bytes: Data, options: PayoutFileOptions) {
        self.name = name
        digest = Self.digest(of: bytes)
        let file = FileText(bytes)
        encoding = file.encoding
        guard let text = file.text else {
            delimiter = .comma
            totals = .zero
            payouts = []
            findings = [Finding(.notText)]
            ignoredColumns = []
            return
        }
        delimiter = Delimiter.found(in: text)
        let reader = RowReader(delimiter: delimiter, options: options)
        Self.parse(text, delimiter: delimiter, into: reader)
        reader.finish()
        totals = reader.totals
        payouts = reader.payouts
        findings = reader.findings
        ignoredColumns = reader.header?.ignored ?? []
    }

    package var errors: [Finding] { findings.filter { $0.severity == .error } }

    package var warnings: [Finding] { findings.filter { $0.severity == .warning } }

    /// Whether there is no error. Warnings are for a person to accept.
    package var isPayable: Bool { errors.isEmpty }

    /// The company's accounts that pay, each once, in order of digits.
    package var accounts: [SettlementAccount] {
        Set(payouts.map(\.account)).sorted { $0.digits < $1.digits }
    }

    /// The file's name without its extension.
    package var suggestedReference: String {
        let reference = URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
        return reference.isEmpty ? name : reference
    }

    private static func digest(of bytes: Data) -> FileDigest {
        guard let digest = FileDigest(Array(SHA256.hash(data: bytes))) else {
            preconditionFailure("SHA-256 has 32 bytes")
        }
        return digest
    }

    /// The records are taken as they come: nothing is parsed twice but the header, and short rows are not filled up.
    private static func parse(_ text: String, delimiter: Delimiter, into reader: RowReader) {
        do {
            let csv = try CSV<Enumerated>(
                string: text + "\n" + RowReader.endMark + "\n",
                delimiter: CSVDelimiter(unicodeScalarLiteral: delimiter.rawValue),
                loadColumns: false, rowLimit: 0)
            try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { reader.take($0) }
        } catch {
            reader.stopAtStrayQuote()
        }
    }
}
