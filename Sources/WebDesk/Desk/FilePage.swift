import Bookkeeping
import Foundation
import PayoutFiles
import Payouts

/// The page of an uploaded file: its findings, their positions and the advice.
struct FilePage {
    let id, name: String
    let verdict: Verdict?
    /// The detected encoding and delimiter, or `nil` if the file is not a table.
    let readAs: String?
    let hasTotals: Bool
    let payouts, sum, sumInWords, fromAccounts: String
    let accounts: [String]
    let moreAccounts: String?
    /// The sheets from which the person must choose.
    let sheets: Sheets?
    let findings: [FindingsView]
    let excerpt: Excerpt?
    let earlier: Earlier?
    let `import`: Import?

    struct Sheets {
        let names: [String]
    }

    struct Verdict {
        let kind, text: String
    }

    /// The rows with findings, as a spreadsheet shows them.
    struct Excerpt {
        let title: String
        let letters: [String]
        let rows: [Row]
        let more: String?

        struct Row {
            let number: Int
            let cells: [Cell]
        }

        struct Cell {
            let text, mark: String
            let notes: [Note]
        }

        struct Note {
            let isError: Bool
            let message: String
        }
    }

    struct Earlier {
        let text: String
        let batches: [Link]
    }

    struct Link {
        let href, name: String
    }

    struct Import {
        let reference: String
        let warnings: Acceptance?
        let deliberate: Bool
    }

    struct Acceptance {
        let count, text: String
    }
}

extension Desk {
    func filePage(_ staged: StagedFile, _ w: Wording) throws -> FilePage {
        let file = staged.file
        let totals = TotalsView(file.totals, accounts: file.accounts, in: w)
        let earlier = try ledger.batches(of: file.digest)
        let warnings = file.log.warningCount
        return FilePage(
            id: staged.id, name: file.name,
            // “Already stored” is more important than “no errors”.
            verdict: file.isPayable && !earlier.isEmpty ? nil : verdict(on: file, w),
            readAs: readAs(file, w),
            hasTotals: file.isPayable, payouts: totals.payouts, sum: totals.sum, sumInWords: totals.sumInWords,
            fromAccounts: totals.fromAccounts, accounts: totals.accounts, moreAccounts: totals.moreAccounts,
            sheets: file.sheetsToChoose.map { .init(names: $0) },
            findings: FindingsView.all(of: file.log, in: w), excerpt: excerpt(of: staged, w),
            earlier: earlier.isEmpty
                ? nil
                : .init(
                    text: w("earlierImport"),
                    batches: earlier.map { .init(href: Self.path($0.reference), name: $0.reference.name) }),
            import: file.isPayable
                ? .init(
                    reference: earlier.isEmpty ? file.suggestedReference : "",
                    warnings: warnings > 0
                        ? .init(count: "\(warnings)", text: w("acceptWarnings", count: warnings)) : nil,
                    deliberate: !earlier.isEmpty) : nil)
    }

    private func readAs(_ file: PayoutFile, _ w: Wording) -> String? {
        switch file.format {
        case .text(let encoding, let delimiter) where file.isTable:
            w("readAs", ["encoding": encoding.rawValue, "delimiter": Self.name(of: delimiter, w)])
        case .workbook(let sheet?): w("readSheet", ["sheet": sheet])
        default: nil
        }
    }

    private static func name(of delimiter: Delimiter, _ w: Wording) -> String {
        switch delimiter {
        case .comma: w("delimiter.comma")
        case .semicolon: w("delimiter.semicolon")
        case .tab: w("delimiter.tab")
        }
    }

    private func verdict(on file: PayoutFile, _ w: Wording) -> FilePage.Verdict {
        let warnings = file.log.warningCount
        if !file.isPayable { return .init(kind: "error", text: w("verdict.errors", count: file.log.errorCount)) }
        return warnings > 0
            ? .init(kind: "warning", text: w("verdict.warnings", count: warnings))
            : .init(kind: "good", text: w("verdict.good"))
    }

    private func excerpt(of staged: StagedFile, _ w: Wording) -> FilePage.Excerpt? {
        guard !staged.marked.isEmpty else { return nil }
        let width = min(staged.marked.map(\.cells.count).max() ?? 0, 20)
        let inRows = Set(staged.file.findings.compactMap(\.row)).count
        return FilePage.Excerpt(
            title: w("excerptTitle"),
            letters: (0..<width).map { Finding(.emptyField, position: $0).letter ?? "" },
            rows: staged.marked.map { row in
                .init(
                    number: row.number,
                    cells: (0..<max(width, 1)).map { position in
                        let found = row.findings.filter { ($0.position ?? 0) == position }
                        return .init(
                            text: position < row.cells.count ? row.cells[position] : "",
                            mark: found.contains { $0.severity == .error } ? "error" : found.isEmpty ? "" : "warning",
                            notes: found.map {
                                .init(isError: $0.severity == .error, message: $0.message(in: w.language))
                            })
                    })
            },
            more: inRows > staged.marked.count ? w("excerptMore", count: inRows - staged.marked.count) : nil)
    }
}

extension PayoutFile {
    /// The sheets that could be the right one. `nil` if the right one is clear.
    fileprivate var sheetsToChoose: [String]? {
        if case .severalSheets(let names)? = log.groups.first?.first.problem { names } else { nil }
    }

    /// Whether the file contains text.
    fileprivate var isTable: Bool { !log.groups.contains { [.notText, .emptyFile].contains($0.first.problem) } }
}
