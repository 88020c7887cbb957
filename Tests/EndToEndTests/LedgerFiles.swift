import Fixtures
import Foundation

/// The files that record what was paid, and ways to damage them.
struct LedgerFiles: Sendable {
    let ledger: String
    let keyFile: String

    enum Part: CaseIterable, Sendable {
        case ledger, log, sharedMemory, journal
    }

    /// - Returns: the path, or `nil` if there is no such file, as before the first send of a ledger.
    func path(of part: Part) throws -> String? {
        let path = try place(of: part)
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// Returns the path where the part is or belongs.
    private func place(of part: Part) throws -> String {
        switch part {
        case .ledger: ledger
        case .log: ledger + "-wal"
        case .sharedMemory: ledger + "-shm"
        case .journal: try journals.first ?? ""
        }
    }

    /// The send journals of all ledgers under the key.
    var journals: [String] {
        get throws {
            let folder = URL(fileURLWithPath: keyFile).deletingLastPathComponent().path
            guard FileManager.default.fileExists(atPath: folder) else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sends") }
                .sorted()
                .map { "\(folder)/\($0)" }
        }
    }

    func bytes(of part: Part) throws -> Data {
        try path(of: part).map { try Data(contentsOf: URL(fileURLWithPath: $0)) } ?? Data()
    }

    func size(of part: Part) throws -> Int {
        try bytes(of: part).count
    }

    // MARK: Damage

    func flip(bit: Int, of part: Part) throws {
        guard let path = try path(of: part) else { throw NothingToDamage(part: part) }
        var bytes = try bytes(of: part)
        bytes[bit / 8] ^= 1 << (bit % 8)
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    func cut(_ part: Part, to size: Int) throws {
        guard let path = try path(of: part), unsafe truncate(path, off_t(size)) == 0 else {
            throw NothingToDamage(part: part)
        }
    }

    func overwrite(_ part: Part, from offset: Int, with bytes: Data) throws {
        guard let path = try path(of: part) else { throw NothingToDamage(part: part) }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: bytes)
        try file.close()
    }

    func delete(_ parts: Part...) throws {
        for part in parts {
            if let path = try path(of: part) { try FileManager.default.removeItem(atPath: path) }
        }
    }

    struct NothingToDamage: Error {
        let part: Part
    }

    // MARK: The log

    static let frameSize = 24 + 4096

    var frames: Int {
        get throws { max(0, try size(of: .log) - 32) / Self.frameSize }
    }

    /// - Parameters:
    ///   - frame: the number of the frame, from 1.
    ///   - bit: the bit, counted from the start of the frame.
    func flip(bit: Int, ofFrame frame: Int) throws {
        try flip(bit: (32 + (frame - 1) * Self.frameSize) * 8 + bit, of: .log)
    }

    func cutLog(toFrames frames: Int) throws {
        try cut(.log, to: 32 + frames * Self.frameSize)
    }

    // MARK: Copies

    /// The bytes of some of the files at one moment.
    struct Copy: Sendable {
        fileprivate let files: [(part: Part, bytes: Data?)]

        static let none = Copy(files: [])
        var isEmpty: Bool { files.isEmpty }

        func only(_ parts: [Part]) -> Copy {
            Copy(files: files.filter { parts.contains($0.part) })
        }
    }

    /// The parts that a person copies with the ledger: its file and its log.
    static let copied: [Part] = [.ledger, .log]

    func copy(_ parts: [Part] = copied) throws -> Copy {
        Copy(files: try parts.map { ($0, try path(of: $0) == nil ? nil : try bytes(of: $0)) })
    }

    /// Restores a copy. Removes files that did not exist when the copy was made, and files of the newer ledger only.
    func putBack(_ copy: Copy) throws {
        if copy.files.contains(where: { $0.part == .ledger }) { try delete(.sharedMemory, .log) }
        for (part, bytes) in copy.files {
            guard let bytes else {
                try delete(part)
                continue
            }
            let path = try place(of: part)
            try bytes.write(to: URL(fileURLWithPath: path))
            unsafe chmod(path, 0o600)
        }
    }

    /// Moves or copies the ledger to another path. The key and the journal stay.
    func move(to path: String, copying isCopy: Bool = false) throws {
        for part in [Part.ledger, .log] {
            guard let from = try self.path(of: part) else { continue }
            let to = path + from.dropFirst(ledger.count)
            if isCopy {
                try FileManager.default.copyItem(atPath: from, toPath: to)
            } else {
                try FileManager.default.moveItem(atPath: from, toPath: to)
            }
        }
        if !isCopy { try delete(.sharedMemory) }
    }

    /// Runs an SQL query on a copy, with SQLite only.
    func number(_ sql: String) throws -> Int {
        let output = try Python.output(of: Self.script, ledger, sql)
        guard let number = Int(String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw NothingToDamage(part: .ledger) }
        return number
    }

    private static let script = """
        import os, shutil, sqlite3, sys, tempfile
        with tempfile.TemporaryDirectory() as folder:
            for end in ["", "-wal"]:
                if os.path.exists(sys.argv[1] + end): shutil.copyfile(sys.argv[1] + end, folder + "/copy" + end)
            ledger = sqlite3.connect(folder + "/copy")
            print(ledger.execute(sys.argv[2]).fetchone()[0])
            ledger.close()
        """
}
