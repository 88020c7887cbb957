package import Payouts

/// All findings of a file: counted exactly, and each kept until there are too many to read.
package struct FindingLog: Sendable {
    /// How many findings of one mistake are kept, and how many of all.
    private static let keptOfAGroup = 1000
    private static let keptOfAll = 20_000
    /// So many are kept of each mistake, however many there are of others.
    private static let keptAlways = 5

    /// In the order of the file; what concerns the file as a whole comes last.
    package private(set) var kept: [Finding] = []
    /// In the order in which each mistake was first found.
    package private(set) var groups: [FindingGroup] = []
    package private(set) var errorCount = 0
    package private(set) var warningCounts: [WarningKind: Int] = [:]
    /// The headings of the file, as they may be shown; empty without a header.
    package var headings: [String] = []
    private var places: [Finding.Mistake: Int] = [:]
    /// The sheet of a workbook that has others too; `nil` for any other file.
    package var sheet: String?

    package init() {}

    package var warningCount: Int { warningCounts.values.reduce(0, +) }

    package var count: Int { errorCount + warningCount }

    /// Returns the column of a finding as people find it, with the heading of the file: `C Карта`, or `Ноябрь!C Карта` if
    /// the workbook has several sheets. A column that the file does not have gets its name in the reader's language.
    package func columnName(of finding: Finding, in language: Language) -> String {
        let heading = finding.position.flatMap { headings.indices.contains($0) ? headings[$0] : nil } ?? ""
        let name = heading.isEmpty ? finding.column?.name(in: language) : heading
        let isPlaced = finding.letter != nil || finding.row != nil
        let letter = isPlaced ? sheet.map { $0 + "!" + (finding.letter ?? "") } ?? finding.letter : nil
        return [letter, name].compactMap(\.self).joined(separator: " ")
    }

    package mutating func add(_ finding: Finding) {
        if let warning = finding.problem.warning {
            warningCounts[warning, default: 0] += 1
        } else {
            errorCount += 1
        }
        let place = places[finding.mistake] ?? groups.count
        if place == groups.count {
            places[finding.mistake] = place
            groups.append(FindingGroup(first: finding))
        } else {
            groups[place].count(finding)
        }
        let group = groups[place]
        if group.count <= Self.keptAlways || group.count <= Self.keptOfAGroup && kept.count < Self.keptOfAll {
            kept.append(finding)
        }
    }

    /// Adds findings of other mistakes than these.
    package mutating func add(_ other: FindingLog) {
        kept += other.kept
        groups += other.groups
        errorCount += other.errorCount
        warningCounts.merge(other.warningCounts, uniquingKeysWith: +)
        sortKept()
    }

    /// What only the whole file shows of many rows, of which not each is known.
    mutating func add(_ findings: [Finding], count: Int) {
        for finding in findings { add(finding) }
        guard let last = findings.last, let warning = last.problem.warning, count > findings.count else { return }
        warningCounts[warning, default: 0] += count - findings.count
        if let place = places[last.mistake] { groups[place].count(more: count - findings.count) }
    }

    mutating func sortKept() {
        kept = kept.enumerated().sorted { ($0.element.row ?? .max, $0.offset) < ($1.element.row ?? .max, $1.offset) }
            .map(\.element)
    }
}

/// One mistake in one column, wherever in the file it was made.
package struct FindingGroup: Sendable {
    /// How many stretches of rows are remembered.
    private static let rangeLimit = 200

    package let first: Finding
    package private(set) var count = 1
    /// The rows, as far as they are remembered.
    package private(set) var rows: [ClosedRange<Int>]
    /// Whether all its fields hold the same.
    package private(set) var hasOneValue = true
    /// Whether all that is said of them is the same.
    package private(set) var hasOneProblem = true
    private var isCut = false

    init(first: Finding) {
        self.first = first
        rows = first.row.map { [$0...$0] } ?? []
    }

    mutating func count(_ finding: Finding) {
        count += 1
        if finding.value != first.value { hasOneValue = false }
        if finding.problem != first.problem { hasOneProblem = false }
        guard let row = finding.row else { return }
        if let last = rows.last, last.upperBound == row - 1 {
            rows[rows.count - 1] = last.lowerBound...row
        } else if rows.count < Self.rangeLimit {
            rows.append(row...row)
        } else {
            isCut = true
        }
    }

    mutating func count(more: Int) {
        count += more
        isCut = true
    }

    /// `2–5001`, or `2, 4–6, …`; empty where the whole file is meant.
    package func rowsText(stretches: Int = 4) -> String {
        var texts = rows.prefix(stretches).map { range in
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
        }
        if isCut || rows.count > stretches { texts.append("…") }
        return texts.joined(separator: ", ")
    }
}
