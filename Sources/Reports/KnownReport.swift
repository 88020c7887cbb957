import Foundation
import Payouts

/// Recognizes reports, so that a mistyped path never replaces another file.
struct KnownReport {
    /// The mark in each of payout's workbooks. If a person saves the workbook with another program, the mark
    /// disappears. So the person's changes are not overwritten.
    static let mark = (name: "payout", value: "report")
    private static let partOfMark = "docProps/custom.xml"
    /// The checksum of the marked part, which the workbook's directory repeats.
    private static let checksumOfMark = 0xF174_0DB5

    /// Checks that a path may be overwritten.
    /// - Throws: ``ReportError/inTheWay(path:)`` for a file that is not a report.
    static func demandReplaceable(_ path: String) throws(ReportError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG, isReport(path) else {
            throw .inTheWay(path: path)
        }
    }

    private static func isReport(_ path: String) -> Bool {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        } catch {
            return false
        }
        return starts(bytes) || hasMark(bytes)
    }

    /// Returns whether the bytes begin like a CSV report, with its column names, or like a JSON report, with its
    /// summary.
    private static func starts(_ bytes: Data) -> Bool {
        let starts =
            Language.allCases.flatMap { [CSVReport.header(Words.of($0)), MonthReport.csvHeader(MonthWords.of($0))] }
            + [#"{"summary":{"ba"#]
        return starts.contains { bytes.starts(with: $0.utf8) }
    }

    /// Searches the directory at the end of a zip file.
    private static func hasMark(_ bytes: Data) -> Bool {
        let name = Data(partOfMark.utf8)
        guard bytes.starts(with: Data("PK\u{3}\u{4}".utf8)), bytes.count > 22 else { return false }
        let end = Array(bytes.suffix(22))
        guard end.starts(with: Array("PK\u{5}\u{6}".utf8)) else { return false }
        let directory = bytes.suffix(min(bytes.count, number(end[12..<16]) + 22))
        var rest = directory[...]
        // An entry has 46 bytes, with the checksum and the lengths of the following parts.
        while rest.count >= 46, rest.starts(with: Data("PK\u{1}\u{2}".utf8)) {
            let entry = Array(rest.prefix(46))
            let lengths = [28, 30, 32].map { number(entry[$0..<$0 + 2]) }
            if rest.dropFirst(46).prefix(lengths[0]) == name { return number(entry[16..<20]) == checksumOfMark }
            rest = rest.dropFirst(46 + lengths.reduce(0, +))
        }
        return false
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }
}
