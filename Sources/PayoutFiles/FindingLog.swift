package import Payouts

/// All findings of a file. It counts them exactly, and keeps them until there are too many to read.
package struct FindingLog: Sendable {
    /// The largest number of findings to keep, of one mistake and of all.
    private static let keptOfAGroup = 1000
    private static let keptOfAll = 20_000
    /// The number of findings that are always kept of each mistake, however many other mistakes there are.
    private static let keptAlways = 5

    /// The kept findings in the file's order. Findings about the whole file come last.
    package private(set) var kept: [Finding] = []
    /// The groups, in the order in which each mistake was first found.
    package private(set) var groups: [FindingGroup] = []
    package private(set) var errorCount = 0
    package private(set) var warningCounts: [WarningKind: Int] = [:]
    /// The headings of the file, masked for display. It is empty without a header.
    package var headings: [String] = []
    private var places: [Finding.Mistake: Int] = [:]
    /// The sheet that was read, if the workbook has others too. `nil` for any other file.
    package var sheet: String?

    package init() {}

    package var warningCount: Int { warningCounts.values.reduce(0, +) }

    package var count: Int { errorCount + warningCount }

    /// Returns the column of a finding as people find it, with the file's heading: `C Карта`. If the workbook has
    /// several sheets, the sheet comes first: `Ноябрь!C Карта`. A column that the file does not have gets its name in
    /// the reader's language.
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

    /// Adds the findings of another log.
    package mutating func add(_ other: FindingLog) {
        kept += other.kept
        for group in other.groups {
            if let place = places[group.first.mistake] {
                groups[place].add(group)
            } else {
                places[group.first.mistake] = groups.count
                groups.append(group)
            }
        }
        errorCount += other.errorCount
        warningCounts.merge(other.warningCounts, uniquingKeysWith: +)
        sortKept()
    }

    /// Adds findings about many rows that only the whole file shows. Not every such row is known.
    mutating func add(_ findings: [Finding], count: Int) {
        for finding in findings { add(finding) }
        guard let last = findings.last, let warning = last.problem.warning, count > findings.count else { return }
        warningCounts[warning, default: 0] += count - findings.count
        if let place = places[last.mistake] { groups[place].count(more: count - findings.count) }
    }

    /// Removes the warnings of a kind that turned out to be no news.
    mutating func remove(_ kind: WarningKind) {
        guard warningCounts.removeValue(forKey: kind) != nil else { return }
        kept.removeAll { $0.problem.warning == kind }
        groups.removeAll { $0.first.problem.warning == kind }
        places = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($0.element.first.mistake, $0.offset) })
    }

    mutating func sortKept() {
        kept = kept.enumerated().sorted { ($0.element.row ?? .max, $0.offset) < ($1.element.row ?? .max, $1.offset) }
            .map(\.element)
    }
}

/// One mistake in one column, in all its rows.
package struct FindingGroup: Sendable {
    /// The largest number of row ranges to keep.
    private static let rangeLimit = 200

    package let first: Finding
    package private(set) var count = 1
    /// The rows, as far as they are kept.
    package private(set) var rows: [ClosedRange<Int>]
    /// Whether all these fields have the same value.
    package private(set) var hasOneValue = true
    /// Whether all these rows have exactly the same problem.
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

    mutating func add(_ other: FindingGroup) {
        if !other.hasOneValue || other.first.value != first.value { hasOneValue = false }
        if !other.hasOneProblem || other.first.problem != first.problem { hasOneProblem = false }
        count += other.count
        rows = (rows + other.rows).sorted { $0.lowerBound < $1.lowerBound }
        isCut = isCut || other.isCut || rows.count > Self.rangeLimit
        rows.removeLast(max(0, rows.count - Self.rangeLimit))
    }

    mutating func count(more: Int) {
        count += more
        isCut = true
    }

    /// Returns the rows as `2–5001`, or `2, 4–6, …`. It is empty if the mistake is about the whole file.
    package func rowsText(stretches: Int = 4) -> String {
        var texts = rows.prefix(stretches).map { range in
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
        }
        if isCut || rows.count > stretches { texts.append("…") }
        return texts.joined(separator: ", ")
    }
}
