import Foundation

/// A workbook in the format .xlsx, read row by row in bounded memory.
///
///     let workbook = try Workbook(.file(descriptor: descriptor), scratchFolder: "/tmp")
///     for sheet in workbook.sheets where sheet.isVisible {
///         try workbook.read(sheet) { row in
///             print(row.number, row.cells.map(row.text))
///             return true
///         }
///     }
package final class Workbook {
    package struct Sheet: Hashable, Sendable {
        package let name: String
        package let isVisible: Bool
        fileprivate let part: String
    }

    /// The properties of a sheet that are known only at its end.
    package struct SheetLayout: Sendable {
        /// The hidden columns, counted from 0.
        package let hiddenColumns: [ClosedRange<Int>]
        package let merged: [MergedRange]
    }

    /// The sheets in the order of their tabs.
    package let sheets: [Sheet]

    /// The size in bytes of a group of rows that is passed on together.
    private static let batchBytes = 1 << 15

    private let archive: Archive
    private let limits: WorkbookLimits
    private let strings: SharedStrings
    private let styles: CellStyles
    private let is1904: Bool

    /// Returns whether a file with these first bytes is a workbook, or a format that is refused by its name.
    package static func begins(_ head: some Collection<UInt8>) -> Bool {
        head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) || CompoundFile.begins(head)
    }

    /// Opens a workbook.
    /// - Parameter scratchFolder: the folder for shared strings that do not fit into memory.
    /// - Throws: ``WorkbookError``
    package init(
        _ source: WorkbookSource, limits: WorkbookLimits = WorkbookLimits(), scratchFolder: String
    ) throws(WorkbookError) {
        if let error = try source.compoundFileError() { throw error }
        let archive = try Archive(source, limits: limits)
        (self.archive, self.limits) = (archive, limits)
        (sheets, strings, styles, is1904) = try Self.classifying {
            let list = try Self.sheetList(of: archive, limits)
            let strings = SharedStrings(residentBytes: limits.residentTextBytes, scratchFolder: scratchFolder)
            if let entry = try list.relationships.entry("sharedStrings", of: archive) {
                var list = SharedStringList(strings, textBytes: limits.textBytes)
                try XMLPart(entry: entry, archive: archive, namespaces: Namespace.main, limits: limits)
                    .parse(into: &list)
            }
            try strings.finish()
            let styles =
                try list.relationships.entry("styles", of: archive)
                .map { try CellStyles($0, of: archive, limits: limits) }
            return (list.sheets, strings, styles ?? CellStyles(), list.is1904)
        }
    }

    /// Reads the rows that are not empty.
    ///
    /// - Parameter each: gets each row. It returns whether it wants more rows.
    /// - Throws: ``WorkbookError``, or an error of `each`.
    @discardableResult
    package func read(_ sheet: Sheet, each: (WorkbookRow) throws -> Bool) throws -> SheetLayout {
        guard let entry = archive[sheet.part] else {
            throw WorkbookError.damaged(WorkbookError.Place(part: sheet.part))
        }
        do {
            return try entry.isLarge ? parseAside(entry, each) : parse(entry, each)
        } catch XMLEnd.enough {
            return SheetLayout(hiddenColumns: [], merged: [])
        } catch XMLEnd.foreign {
            throw WorkbookError.damaged(WorkbookError.Place(part: sheet.part))
        }
    }

    private func parse(_ entry: Archive.Entry, _ each: (WorkbookRow) throws -> Bool) throws -> SheetLayout {
        try withoutActuallyEscaping(each) { each in
            var reader = SheetReader(limits: limits, strings: strings, styles: styles, is1904: is1904, each: each)
            try XMLPart(entry: entry, archive: archive, namespaces: Namespace.main, limits: limits).parse(into: &reader)
            return SheetLayout(hiddenColumns: reader.hiddenColumns, merged: reader.merged)
        }
    }

    /// Parses on a different thread than the one that takes the rows.
    private func parseAside(_ entry: Archive.Entry, _ each: (WorkbookRow) throws -> Bool) throws -> SheetLayout {
        try Handoff<[WorkbookRow], SheetLayout>.run { [self] put in
            var rows: [WorkbookRow] = []
            var byteCount = 0
            let layout = try parse(entry) { row in
                rows.append(row)
                byteCount += row.bytes.count
                if byteCount >= Self.batchBytes {
                    try put(rows)
                    rows = []
                    byteCount = 0
                }
                return true
            }
            try put(rows)
            return layout
        } take: { rows in
            for row in rows {
                guard try each(row) else { throw XMLEnd.enough }
            }
        }
    }

    private static func classifying<Value>(_ body: () throws -> Value) throws(WorkbookError) -> Value {
        do {
            return try body()
        } catch let error as WorkbookError {
            throw error
        } catch {
            // A part has an unknown namespace.
            throw .damaged(WorkbookError.Place())
        }
    }
}

extension Workbook {
    private struct SheetList {
        let relationships: Relationships
        let sheets: [Sheet]
        let is1904: Bool
    }

    private static func sheetList(of archive: Archive, _ limits: WorkbookLimits) throws -> SheetList {
        let root = try Relationships(of: "", in: archive, limits: limits)
        guard let main = root.first("officeDocument"), let entry = archive[main.name] else {
            throw isOpenDocument(archive) ? WorkbookError.openDocument : .notAWorkbook
        }
        if main.name.lowercased().hasSuffix(".bin") { throw WorkbookError.binaryFormat }
        var list = SheetNames(maximum: limits.sheets)
        do {
            try XMLPart(entry: entry, archive: archive, namespaces: Namespace.main, limits: limits).parse(into: &list)
        } catch XMLEnd.foreign {
            // The file is a text document or a presentation.
            throw WorkbookError.notAWorkbook
        }
        let relationships = try Relationships(of: main.name, in: archive, limits: limits)
        let sheets = try list.sheets.compactMap { named -> Sheet? in
            guard let target = relationships[named.relationship] else {
                throw WorkbookError.damaged(WorkbookError.Place(part: entry.name))
            }
            // A sheet may be a chart.
            guard target.kind == "worksheet" else { return nil }
            return Sheet(name: named.name, isVisible: named.isVisible, part: target.name)
        }
        guard !sheets.isEmpty else { throw WorkbookError.notAWorkbook }
        return SheetList(relationships: relationships, sheets: sheets, is1904: list.is1904)
    }

    private static func isOpenDocument(_ archive: Archive) -> Bool {
        archive["content.xml"] != nil && archive["mimetype"] != nil
    }
}

extension Relationships {
    /// Returns the entry of an optional part.
    ///
    /// - Throws: ``WorkbookError`` if the workbook refers to the part but does not have it.
    fileprivate func entry(_ kind: String, of archive: Archive) throws -> Archive.Entry? {
        guard let target = first(kind) else { return nil }
        guard let entry = archive[target.name] else {
            throw WorkbookError.damaged(WorkbookError.Place(part: target.name))
        }
        return entry
    }
}

/// Reads the workbook's own part: the sheets, and the year from which days are counted.
private struct SheetNames: XMLContent {
    private enum State {
        case document, root, sheets
    }

    private var state = State.document
    private let maximum: Int
    private(set) var sheets: [(name: String, relationship: String, isVisible: Bool)] = []
    private(set) var is1904 = false

    init(maximum: Int) {
        self.maximum = maximum
    }

    mutating func start(_ element: XMLElement) throws -> Bool {
        switch state {
        case .document:
            guard element.isNamed("workbook") else { throw XMLEnd.damaged }
            state = .root
        case .root:
            if element.isNamed("sheets") {
                state = .sheets
            } else {
                if element.isNamed("workbookPr") { is1904 = ["1", "true"].contains(element.attribute("date1904")) }
                return false
            }
        case .sheets:
            if element.isNamed("sheet") {
                guard sheets.count < maximum else { throw WorkbookError.beyondLimit(.sheets) }
                guard let name = element.attribute("name"),
                    let relationship = element.attribute("id", in: Namespace.relationship)
                else { throw XMLEnd.damaged }
                sheets.append((name, relationship, [nil, "visible"].contains(element.attribute("state"))))
            }
            return false
        }
        return true
    }

    mutating func end() {
        state = state == .sheets ? .root : .document
    }
}

extension WorkbookSource {
    /// Returns the error for a compound file instead of a zip archive, and `nil` for any other file.
    fileprivate func compoundFileError() throws(WorkbookError) -> WorkbookError? {
        var offset = 0
        func piece() throws(WorkbookError) -> [UInt8] {
            let size = 1 << 16
            switch self {
            case .bytes(let bytes):
                defer { offset += size }
                return Array(bytes.dropFirst(offset).prefix(size))
            case .file(let descriptor):
                var bytes = [UInt8](repeating: 0, count: size)
                let count = unsafe bytes.withUnsafeMutableBytes {
                    unsafe pread(descriptor, $0.baseAddress, size, off_t(offset))
                }
                guard count >= 0 else { throw unsafe .unreadable(reason: String(cString: strerror(errno))) }
                offset += count
                return Array(bytes.prefix(count))
            }
        }
        guard CompoundFile.begins(try piece()) else { return nil }
        offset = 0
        return try CompoundFile.error(reading: piece)
    }
}
