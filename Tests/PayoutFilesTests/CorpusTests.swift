import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import PayoutFiles

/// Every file of the corpus, with what `Corpus/make.py` says must be found in it.
@Suite struct CorpusTests {
    static let folder = Checkout.file("Tests/PayoutFilesTests/Corpus")

    private static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".csv") }
                .map { String($0.dropLast(4)) }.sorted()
        }
    }

    @Test(arguments: try names) func theFindingsAreExactlyTheExpectedOnes(name: String) throws {
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(name + ".csv"))
        let expected = try String(contentsOf: Self.folder.appendingPathComponent(name + ".expected"), encoding: .utf8)
        #expect(Self.description(of: PayrollText.read(bytes)) == expected)
    }

    @Test(arguments: try names) func theLimitsOfPiecesDoNotChangeTheResult(name: String) throws {
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(name + ".csv"))
        let whole = PayrollText.read(bytes)
        for pieceSize in [1, 2, 3, 64] {
            let inPieces = PayrollText.read(bytes, pieceSize: pieceSize)
            #expect(Self.description(of: inPieces) == Self.description(of: whole), "\(pieceSize) bytes at a time")
            #expect(inPieces.payouts == whole.payouts)
        }
    }

    @Test(arguments: try names) func rowsAreReadTheSameWhetherTheirCellsAreWantedOrNot(name: String) throws {
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(name + ".csv"))
        let (plain, closely) = (PayrollText.read(bytes), PayrollText.read(bytes, keepsCells: true))
        #expect(Self.description(of: plain) == Self.description(of: closely) && plain.payouts == closely.payouts)
    }

    @Test func theCorpusIsThere() throws {
        #expect(try Self.names.count >= 150)
    }

    static func description(of file: ReadFile) -> String {
        let rows = file.payouts.map { String($0.row) }.joined(separator: " ")
        var lines = [
            "read \(text(of: file.format))",
            "paid rows \(rows.isEmpty ? "none" : rows), \(file.totals.sum.count) tiyin",
        ]
        lines += file.passedOver.map { "passed over \($0.row) \(text(of: $0.kind))" }
        lines += file.findings.map { finding in
            [
                finding.severity.rawValue, finding.row.map(String.init) ?? "-", finding.letter ?? "-",
                finding.column?.rawValue ?? "-", finding.problem.code, finding.value ?? "-",
            ].joined(separator: " ")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func text(of format: PayoutFileFormat) -> String {
        switch format {
        case .text(let encoding, let delimiter): "\(encoding.rawValue) \(delimiter)"
        case .other: "other"
        case .workbook(let sheet): "workbook \(sheet ?? "-")"
        }
    }

    private static func text(of kind: PassedOver.Kind) -> String {
        switch kind {
        case .title: "title"
        case .secondHeader: "second header"
        case .total(agrees: true): "total that agrees"
        case .total(agrees: false): "total without a sum"
        case .note: "note"
        }
    }
}
