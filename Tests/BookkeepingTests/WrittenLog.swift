import Fixtures
import Foundation
import GRDB

/// A log that SQLite wrote and a killed program left, with its database.
struct WrittenLog {
    let database: Data
    let bytes: Data
    let frameSize: Int
    /// The last frame of each transaction.
    let ends: [Int]

    var frames: Int { (bytes.count - 32) / frameSize }

    /// A part of a frame.
    enum Region: CaseIterable {
        case pageNumber, commitMark, salts, checksum, page

        var bytes: Range<Int> {
            switch self {
            case .pageNumber: 0..<4
            case .commitMark: 4..<8
            case .salts: 8..<16
            case .checksum: 16..<24
            case .page: 24..<536
            }
        }
    }

    /// - Parameters:
    ///   - rowsOfLast: the size of the last transaction; the others change a few pages each.
    ///   - takesBack: whether a large transaction that has reached the log is rolled back at the end.
    ///   - beginningAgainWith: the number of transactions after the log was moved into the database and started again.
    init(
        transactions: Int, rowsOfLast: Int = 3, pageSize: Int = 4096, takingBack takesBack: Bool = false,
        beginningAgainWith more: Int = 0
    ) throws {
        let folder = try TemporaryFolder()
        let queue = try Self.open(folder.path("x.sqlite"), pageSize: pageSize)
        var log = Writing(queue: queue, path: folder.path("x.sqlite"), frameSize: pageSize + 24)
        try queue.write { try $0.execute(sql: "CREATE TABLE t (x)") }
        try log.checkpoint("TRUNCATE")
        for number in 1...transactions { try log.insert(rows: number == transactions ? rowsOfLast : 3) }
        if more > 0 {
            let whole = try Data(contentsOf: URL(fileURLWithPath: log.path + "-wal")).count
            try log.checkpoint("RESTART")
            log.ends = []
            for _ in 1...more { try log.insert(rows: 3) }
            let isWhole = try Data(contentsOf: URL(fileURLWithPath: log.path + "-wal")).count == whole
            precondition(isWhole, "the log was cut off, not begun again")
        }
        if takesBack { try log.insertAndTakeBack() }
        self = try log.written()
    }

    /// The result after a program opens a damaged log, commits a small transaction and is killed.
    init(goingOnFrom log: WrittenLog, with bytes: Data) throws {
        let folder = try TemporaryFolder()
        try log.write(bytes, to: folder)
        let queue = try Self.open(folder.path("x.sqlite"), pageSize: log.frameSize - 24)
        var log = Writing(queue: queue, path: folder.path("x.sqlite"), frameSize: log.frameSize)
        try log.insert(rows: 1)
        self = try log.written()
    }

    init(_ log: WrittenLog, bytes: Data) {
        self.init(database: log.database, bytes: bytes, frameSize: log.frameSize, ends: log.ends)
    }

    private init(database: Data, bytes: Data, frameSize: Int, ends: [Int]) {
        self.database = database
        self.bytes = bytes
        self.frameSize = frameSize
        self.ends = ends
    }

    /// - Parameter frame: counted from 1.
    func flipping(bit: Int, of region: Region, inFrame frame: Int) -> Data {
        var bytes = bytes
        bytes[32 + (frame - 1) * frameSize + region.bytes.lowerBound + bit / 8] ^= 1 << (bit % 8)
        return bytes
    }

    /// Returns the number of frames that SQLite accepts as committed.
    func framesThatSQLiteReads(in bytes: Data) throws -> Int {
        let folder = try TemporaryFolder()
        try write(bytes, to: folder)
        let queue = try Self.open(folder.path("x.sqlite"), pageSize: frameSize - 24)
        return try queue.writeWithoutTransaction { db in
            try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")?["log"] ?? 0
        }
    }

    private func write(_ bytes: Data, to folder: TemporaryFolder) throws {
        try database.write(to: URL(fileURLWithPath: folder.path("x.sqlite")))
        try bytes.write(to: URL(fileURLWithPath: folder.path("x.sqlite-wal")))
    }

    private static func open(_ path: String, pageSize: Int) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA page_size = \(pageSize); PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
                    PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = 10;
                    """)
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A log that is being written.
    private struct Writing {
        let queue: DatabaseQueue
        let path: String
        let frameSize: Int
        var ends: [Int] = []

        init(queue: DatabaseQueue, path: String, frameSize: Int) {
            self.queue = queue
            self.path = path
            self.frameSize = frameSize
        }

        func checkpoint(_ kind: String) throws {
            try queue.writeWithoutTransaction { _ = try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(\(kind))") }
        }

        /// Inserts rows of about one page each.
        mutating func insert(rows: Int) throws {
            try queue.write { db in
                for _ in 1...rows { try db.execute(sql: "INSERT INTO t VALUES (zeroblob(3000))") }
            }
            let log = try written()
            ends.append(try log.framesThatSQLiteReads(in: log.bytes))
        }

        func insertAndTakeBack() throws {
            try queue.writeWithoutTransaction { db in
                try db.inTransaction {
                    for _ in 1...100 { try db.execute(sql: "INSERT INTO t VALUES (zeroblob(3000))") }
                    return .rollback
                }
            }
        }

        func written() throws -> WrittenLog {
            WrittenLog(
                database: try Data(contentsOf: URL(fileURLWithPath: path)),
                bytes: try Data(contentsOf: URL(fileURLWithPath: path + "-wal")),
                frameSize: frameSize, ends: ends)
        }
    }
}

extension WrittenLog {
    /// The same frames, with the checksums of a machine with the other byte order.
    var inTheOtherByteOrder: Data {
        var bytes = bytes
        bytes[3] ^= 1
        let isBigEndian = bytes[3] & 1 == 1
        var (first, second) = (UInt32(0), UInt32(0))
        func word(_ offset: Int) -> UInt32 {
            let word = bytes[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return isBigEndian ? word : word.byteSwapped
        }
        func add(_ range: Range<Int>) {
            for offset in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
                first &+= word(offset) &+ second
                second &+= word(offset + 4) &+ first
            }
        }
        func put(at offset: Int) {
            for (number, sum) in [first, second].enumerated() {
                for byte in 0..<4 {
                    bytes[offset + number * 4 + byte] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * byte))
                }
            }
        }
        add(0..<24)
        put(at: 24)
        for start in stride(from: 32, to: bytes.count, by: frameSize) {
            add(start..<start + 8)
            add(start + 24..<start + frameSize)
            put(at: start + 16)
        }
        return bytes
    }
}
