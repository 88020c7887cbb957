import CZip
import Foundation

/// The zip archive around a workbook. Opening it checks all entries before any is read.
@safe final class Archive {
    private static let pieceSize = 1 << 16

    private let zip: OpaquePointer
    private let entries: [String: Entry]

    struct Entry {
        fileprivate let index: UInt64
        let name: String
        fileprivate let size: UInt64

        /// Whether the entry is large enough to be worth a second thread.
        var isLarge: Bool { size > 1 << 20 }
    }

    /// Opens an archive and checks its entries.
    /// - Throws: ``WorkbookError``
    init(_ source: WorkbookSource, limits: WorkbookLimits) throws(WorkbookError) {
        var error = unsafe zip_error_t()
        unsafe zip_error_init(&error)
        defer { unsafe zip_error_fini(&error) }
        guard let bytes = unsafe Self.open(source, &error) else {
            throw unsafe .unreadable(reason: String(cString: strerror(ENOMEM)))
        }
        // `ZIP_CHECKCONS` compares the header of each entry with the archive's directory.
        guard let zip = unsafe zip_open_from_source(bytes, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
            unsafe zip_source_free(bytes)
            throw unsafe zip_error_code_zip(&error) == ZIP_ER_EXISTS
                ? .unsafe(.duplicateEntry(nil)) : .damaged(WorkbookError.Place())
        }
        unsafe self.zip = unsafe zip
        do {
            entries = try unsafe Self.checkedEntries(of: zip, limits)
        } catch {
            unsafe zip_discard(zip)
            throw error
        }
    }

    deinit {
        unsafe zip_discard(zip)
    }

    private static func open(_ source: WorkbookSource, _ error: inout zip_error_t) -> OpaquePointer? {
        switch source {
        case .bytes(let bytes):
            // libzip frees this memory.
            guard let copy = unsafe malloc(max(bytes.count, 1)) else { return nil }
            unsafe bytes.withUnsafeBytes { if let base = $0.baseAddress { unsafe memcpy(copy, base, $0.count) } }
            return unsafe zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error)
        case .file(let descriptor):
            let own = dup(descriptor)
            // libzip closes this file.
            guard let file = unsafe fdopen(own, "rb") else {
                close(own)
                return nil
            }
            return unsafe zip_source_filep_create(file, 0, -1, &error)
        }
    }

    private static func checkedEntries(
        of zip: OpaquePointer, _ limits: WorkbookLimits
    ) throws(WorkbookError) -> [String: Entry] {
        let count = unsafe zip_get_num_entries(zip, 0)
        guard count <= limits.entries else { throw .beyondLimit(.entries) }
        var entries: [String: Entry] = [:]
        var expanded: UInt64 = 0
        for index in 0..<UInt64(max(count, 0)) {
            var stat = unsafe zip_stat_t()
            guard unsafe zip_stat_index(zip, index, zip_flags_t(ZIP_FL_ENC_RAW), &stat) == 0, let raw = unsafe stat.name
            else {
                throw .damaged(WorkbookError.Place())
            }
            let name = unsafe String(cString: raw)
            guard isInside(name) else { throw .unsafe(.pathEscape(shown(name))) }
            guard unsafe stat.encryption_method == ZIP_EM_NONE else { throw .encrypted }
            guard unsafe stat.comp_method == ZIP_CM_STORE || stat.comp_method == ZIP_CM_DEFLATE else {
                throw .damaged(WorkbookError.Place(part: shown(name)))
            }
            let ratio = UInt64(limits.expansion)
            if unsafe stat.size > limits.smallEntryBytes, unsafe stat.size / ratio > stat.comp_size {
                throw .unsafe(.bomb)
            }
            guard unsafe stat.size <= limits.expandedBytes else { throw .beyondLimit(.expandedBytes) }
            unsafe expanded += stat.size
            guard expanded <= limits.expandedBytes else { throw .beyondLimit(.expandedBytes) }
            let entry = unsafe Entry(index: index, name: name, size: stat.size)
            guard entries.updateValue(entry, forKey: key(name)) == nil else {
                throw .unsafe(.duplicateEntry(shown(name)))
            }
        }
        return entries
    }

    /// Returns the key of a part's name. Names do not differ by case: some programs write `xl/SharedStrings.xml` and
    /// mean `xl/sharedStrings.xml`.
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

    /// Reads an entry in pieces. It expands a large entry on another thread.
    ///
    /// - Parameter take: gets each piece, and an empty one at the end.
    func read(_ entry: Entry, take: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard entry.isLarge else { return try unsafe expand(entry, take: take) }
        try Handoff<[UInt8], Void>.run { [self] put in
            try unsafe expand(entry) { try unsafe put(Array($0)) }
        } take: {
            try unsafe $0.withUnsafeBytes(take)
        }
    }

    private func expand(_ entry: Entry, take: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard let file = unsafe zip_fopen_index(zip, entry.index, 0) else { throw damaged(entry) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 16)
        defer {
            unsafe zip_fclose(file)
            unsafe buffer.deallocate()
        }
        var total: UInt64 = 0
        while true {
            let count = unsafe zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
            if count < 0 {
                let code = unsafe zip_error_code_zip(zip_file_get_error(file))
                throw code == ZIP_ER_INCONS ? WorkbookError.unsafe(.wrongSize(Self.shown(entry.name))) : damaged(entry)
            }
            total += UInt64(count)
            guard count > 0 ? total <= entry.size : total == entry.size else {
                throw WorkbookError.unsafe(.wrongSize(Self.shown(entry.name)))
            }
            try unsafe take(UnsafeRawBufferPointer(rebasing: buffer.prefix(Int(count))))
            if count == 0 { return }
        }
    }

    private func damaged(_ entry: Entry) -> WorkbookError {
        .damaged(WorkbookError.Place(part: Self.shown(entry.name)))
    }
}
