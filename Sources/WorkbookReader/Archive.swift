import CZip
import Foundation

/// The zip archive around a workbook. Opening it checks all entries before any is read.
final class Archive {
    private static let pieceSize = 1 << 16

    private let zip: OpaquePointer
    private let entries: [String: Entry]

    struct Entry {
        fileprivate let index: UInt64
        let name: String
        fileprivate let size: UInt64

        /// Whether a second thread is worth its start.
        var isLarge: Bool { size > 1 << 20 }
    }

    /// - Throws: ``WorkbookError``
    init(_ source: WorkbookSource, limits: WorkbookLimits) throws(WorkbookError) {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let bytes = Self.open(source, &error) else {
            throw .unreadable(reason: String(cString: strerror(ENOMEM)))
        }
        // `ZIP_CHECKCONS` compares the header of each entry with the archive's directory.
        guard let zip = zip_open_from_source(bytes, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
            zip_source_free(bytes)
            throw zip_error_code_zip(&error) == ZIP_ER_EXISTS
                ? .unsafe(.duplicateEntry(nil)) : .damaged(WorkbookError.Place())
        }
        self.zip = zip
        do {
            entries = try Self.checkedEntries(of: zip, limits)
        } catch {
            zip_discard(zip)
            throw error
        }
    }

    deinit {
        zip_discard(zip)
    }

    private static func open(_ source: WorkbookSource, _ error: inout zip_error_t) -> OpaquePointer? {
        switch source {
        case .bytes(let bytes):
            // libzip frees it.
            guard let copy = malloc(max(bytes.count, 1)) else { return nil }
            bytes.withUnsafeBytes { if let base = $0.baseAddress { memcpy(copy, base, $0.count) } }
            return zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error)
        case .file(let descriptor):
            // libzip closes it.
            guard let file = fdopen(dup(descriptor), "rb") else { return nil }
            return zip_source_filep_create(file, 0, -1, &error)
        }
    }

    private static func checkedEntries(
        of zip: OpaquePointer, _ limits: WorkbookLimits
    ) throws(WorkbookError) -> [String: Entry] {
        let count = zip_get_num_entries(zip, 0)
        guard count <= limits.entries else { throw .beyondLimit(.entries) }
        var entries: [String: Entry] = [:]
        var expanded: UInt64 = 0
        for index in 0..<UInt64(max(count, 0)) {
            var stat = zip_stat_t()
            guard zip_stat_index(zip, index, zip_flags_t(ZIP_FL_ENC_RAW), &stat) == 0, let raw = stat.name else {
                throw .damaged(WorkbookError.Place())
            }
            let name = String(cString: raw)
            guard isInside(name) else { throw .unsafe(.pathEscape(shown(name))) }
            guard stat.encryption_method == ZIP_EM_NONE else { throw .encrypted }
            guard stat.comp_method == ZIP_CM_STORE || stat.comp_method == ZIP_CM_DEFLATE else {
                throw .damaged(WorkbookError.Place(part: shown(name)))
            }
            let ratio = UInt64(limits.expansion)
            if stat.size > limits.smallEntryBytes, stat.size / ratio > stat.comp_size { throw .unsafe(.bomb) }
            expanded = expanded.addingReportingOverflow(stat.size).partialValue
            guard stat.size <= limits.expandedBytes, expanded <= limits.expandedBytes else {
                throw .beyondLimit(.expandedBytes)
            }
            let entry = Entry(index: index, name: name, size: stat.size)
            guard entries.updateValue(entry, forKey: key(name)) == nil else {
                throw .unsafe(.duplicateEntry(shown(name)))
            }
        }
        return entries
    }

    /// Names of parts do not differ by case. Some programs write `xl/SharedStrings.xml` and mean `xl/sharedStrings.xml`.
    private static func key(_ name: String) -> String { name.lowercased() }

    private static func isInside(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.contains(":")
            && !name.split(separator: "/").contains("..") && name.unicodeScalars.allSatisfy { $0.value >= 32 }
    }

    private static func shown(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.prefix(60).map { $0.value < 32 ? "·" : $0 }))
    }

    var entryNames: [String] { entries.values.map(\.name) }

    subscript(name: String) -> Entry? { entries[Self.key(name)] }

    /// Reads an entry piece by piece. A large one is expanded on another thread.
    ///
    /// - Parameter take: gets each piece, and an empty one at the end.
    func read(_ entry: Entry, take: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard entry.isLarge else { return try expand(entry, take: take) }
        try Handoff<[UInt8]>.run { put in
            try expand(entry) { try put(Array($0)) }
        } take: {
            try $0.withUnsafeBytes(take)
        }
    }

    private func expand(_ entry: Entry, take: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard let file = zip_fopen_index(zip, entry.index, 0) else { throw damaged(entry) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 16)
        defer {
            zip_fclose(file)
            buffer.deallocate()
        }
        var total: UInt64 = 0
        while true {
            let count = zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
            if count < 0 {
                let code = zip_error_code_zip(zip_file_get_error(file))
                throw code == ZIP_ER_INCONS ? WorkbookError.unsafe(.wrongSize(Self.shown(entry.name))) : damaged(entry)
            }
            total += UInt64(count)
            guard count > 0 ? total <= entry.size : total == entry.size else {
                throw WorkbookError.unsafe(.wrongSize(Self.shown(entry.name)))
            }
            try take(UnsafeRawBufferPointer(rebasing: buffer.prefix(Int(count))))
            if count == 0 { return }
        }
    }

    private func damaged(_ entry: Entry) -> WorkbookError {
        .damaged(WorkbookError.Place(part: Self.shown(entry.name)))
    }
}
