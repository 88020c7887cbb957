import Bookkeeping
import Foundation
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Reports

/// The page of an uploaded file: its findings, their positions and the advice.
struct FilePage {
    let id, name: String
    let verdict: Verdict?
    /// The detected encoding and delimiter, or `nil` if the file is not a table.
    let readAs: String?
    /// The columns that nobody reads, and the rows that are no payouts.
    let leftAside: [String]
    let hasTotals: Bool
    let payouts, sum, sumInWords, fromAccounts: String
    let accounts: [String]
    let moreAccounts: String?
    /// The sheets from which the person must choose.
    let sheets: Sheets?
    let questions: Questions?
    let comparison: ComparisonView?
    let findings: [FindingsView]
    let excerpt: Excerpt?
    let earlier: Earlier?
    let `import`: Import?

    struct Sheets {
        let names: [String]
    }

    /// The questions that the file leaves open, for the person.
    struct Questions {
        let units: [Choice]
        let asksUnit, asksAccount, asksBankCode: Bool
        let account, bankCode: String
        /// The row that names the columns.
        let headerRow: String
        let asksColumns: Bool
        /// Whether an earlier file with the same headings has answered.
        let areRemembered: Bool
        let columns: [ColumnQuestion]
    }

    struct Choice {
        let value, text: String
        let isChosen: Bool
    }

    struct ColumnQuestion {
        let name, heading: String
        let choices: [Choice]
    }

    struct Verdict {
        let kind, text: String
    }

    /// The answer that leaves a column what its heading says.
    static let columnAsNamed = "as-named"

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
        let warnings: AcceptanceView?
        let deliberate: Bool
    }
}

extension Desk {
    func filePage(_ staged: StagedFile, _ w: Wording) throws -> FilePage {
        let file = staged.file
        let totals = TotalsView(file.totals, accounts: file.accounts, in: w)
        let earlier = try ledger.batches(of: file.digest)
        return FilePage(
            id: staged.id, name: file.name,
            // “Already stored” is more important than “no errors”.
            verdict: file.isPayable && !earlier.isEmpty ? nil : verdict(on: file, w),
            readAs: readAs(file, w), leftAside: leftAside(in: file, w),
            hasTotals: file.isPayable, payouts: totals.payouts, sum: totals.sum, sumInWords: totals.sumInWords,
            fromAccounts: totals.fromAccounts, accounts: totals.accounts, moreAccounts: totals.moreAccounts,
            sheets: file.sheetsToChoose.map { .init(names: $0) },
            questions: questions(on: staged, w),
            comparison: file.comparison.map { ComparisonView($0, in: w, timeZone: operations.timeZone) },
            findings: FindingsView.all(of: file.log, in: w), excerpt: excerpt(of: staged, w),
            earlier: earlier.isEmpty
                ? nil
                : .init(
                    text: w("earlierImport"),
                    batches: earlier.map { .init(href: Self.path($0.reference), name: $0.reference.name) }),
            import: file.isPayable
                ? .init(
                    reference: earlier.isEmpty ? file.suggestedReference : "",
                    warnings: file.log.warningCount > 0
                        ? AcceptanceView(file.log.warningCounts, file.comparison, in: w) : nil,
                    deliberate: !earlier.isEmpty) : nil)
    }

    private func readAs(_ file: PayoutFile, _ w: Wording) -> String? {
        switch file.format {
        case .text(let encoding, let delimiter) where file.isTable:
            w("readAs", ["encoding": encoding.rawValue, "delimiter": Self.name(of: delimiter, w)])
        case .workbook(let sheet?): w("readSheet", ["sheet": sheet])
        case .text, .workbook, .other: nil
        }
    }

    private func leftAside(in file: PayoutFile, _ w: Wording) -> [String] {
        let rows = file.passedOver.prefix(10).map { row in
            w("passedOver.row", ["row": "\(row.row)", "kind": Self.name(of: row.kind, w)])
        }
        return [
            file.ignoredColumns.isEmpty ? nil : w("unusedColumns", ["columns": list(file.ignoredColumns)]),
            rows.isEmpty ? nil : w("passedOver", ["rows": list(rows, isCut: file.passedOver.count > rows.count)]),
        ].compactMap(\.self)
    }

    private func list(_ texts: [String], isCut: Bool = false) -> String {
        texts.joined(separator: ", ") + (isCut ? ", …" : "")
    }

    private static func name(of kind: PassedOver.Kind, _ w: Wording) -> String {
        switch kind {
        case .title: w("passedOver.title")
        case .secondHeader: w("passedOver.secondHeader")
        case .total(agrees: true): w("passedOver.total")
        case .total(agrees: false): w("passedOver.totalWithoutSum")
        case .note: w("passedOver.note")
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
        if file.isOnlyAsked { return .init(kind: "warning", text: w("verdict.questions")) }
        if !file.isPayable { return .init(kind: "error", text: w("verdict.errors", count: file.log.errorCount)) }
        return warnings > 0
            ? .init(kind: "warning", text: w("verdict.warnings", count: warnings))
            : .init(kind: "good", text: w("verdict.good"))
    }

    private func questions(on staged: StagedFile, _ w: Wording) -> FilePage.Questions? {
        let (file, choices, given) = (staged.file, staged.choices, operations.choices)
        let missing = file.findings.filter { $0.problem == .missingPayer }.map(\.column)
        let asksUnit = file.openUnit != nil || file.isAsked(.unitNotSaid) || choices.unit != given.unit
        // A file that says all does not need the questions; an answer may be changed.
        let asksAccount = missing.contains(.account) || choices.account != given.account || file.isFromTitle(.account)
        let asksBankCode = missing.contains(.mfo) || choices.bankCode != given.bankCode || file.isFromTitle(.mfo)
        guard asksUnit || asksAccount || asksBankCode || !file.headings.isEmpty else { return nil }
        return FilePage.Questions(
            units: asksUnit ? units(file.openUnit, chosen: choices.unit, w) : [], asksUnit: asksUnit,
            asksAccount: asksAccount, asksBankCode: asksBankCode, account: choices.account?.digits ?? "",
            bankCode: choices.bankCode?.digits ?? "", headerRow: file.headings.first.map { "\($0.row)" } ?? "",
            asksColumns: !file.headings.isEmpty,
            areRemembered: choices.headerRow == nil && file.headingsKey.map { choices.remembered[$0] != nil } == true,
            columns: file.headings.map { heading in
                .init(
                    name: "column-\(heading.place)", heading: heading.text,
                    choices: meanings(of: heading, w))
            })
    }

    private func meanings(of heading: PayoutFile.Heading, _ w: Wording) -> [FilePage.Choice] {
        let asNamed =
            heading.leavesUnitOpen
            ? [FilePage.Choice(value: FilePage.columnAsNamed, text: w("column.amountAsAsked"), isChosen: true)] : []
        let others = Column.allCases.map { column in
            FilePage.Choice(
                value: column.rawValue, text: Self.name(of: column, w),
                isChosen: heading.column == column && !heading.leavesUnitOpen)
        }
        return [FilePage.Choice(value: "", text: w("columnNotUsed"), isChosen: heading.column == nil)] + asNamed
            + others
    }

    private func units(_ open: OpenUnit?, chosen: AmountUnit?, _ w: Wording) -> [FilePage.Choice] {
        AmountUnit.allCases.compactMap { unit -> FilePage.Choice? in
            let sum = unit == .som ? open?.som : open?.tiyin
            if unit == .tiyin, open != nil, sum == nil { return nil }
            return .init(
                value: unit.rawValue, text: Self.text(of: unit, sum: sum.map(Figures.amount), w),
                isChosen: chosen == unit)
        }
    }

    private static func text(of unit: AmountUnit, sum: String?, _ w: Wording) -> String {
        switch (unit, sum) {
        case (.som, let sum?): w("unit.som.total", ["sum": sum])
        case (.som, nil): w("unit.som")
        case (.tiyin, let sum?): w("unit.tiyin.total", ["sum": sum])
        case (.tiyin, nil): w("unit.tiyin")
        }
    }

    private static func name(of column: Column, _ w: Wording) -> String {
        column == .amount ? w("column.amountInTiyin") : column.name(in: w.language)
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

    fileprivate func isAsked(_ problem: Problem) -> Bool { findings.contains { $0.problem == problem } }

    fileprivate func isFromTitle(_ column: Column) -> Bool {
        findings.contains { finding in
            switch finding.problem {
            case .accountFromTitle, .bankCodeFromTitle: finding.column == column
            default: false
            }
        }
    }

    /// Whether nothing is wrong but that the file leaves open what a person may say.
    fileprivate var isOnlyAsked: Bool {
        !isPayable
            && log.groups.allSatisfy { group in
                switch group.first.problem {
                case .unitNotSaid, .missingPayer: true
                default: group.first.severity == .warning
                }
            }
    }

    /// Whether the file contains text.
    fileprivate var isTable: Bool { !log.groups.contains { [.notText, .emptyFile].contains($0.first.problem) } }
}
