import Foundation

/// Reads the write-ahead log beside a database, without SQLite.
///
///     if case .damaged(let damage) = try WriteAheadLog(ofDatabaseAt: path).inspect() { … }
///
/// SQLite treats the first frame with a wrong checksum as the end of the log, and drops every later commit. Usually
/// that is right: the power failed during the last transaction. But a transaction starts only after the previous one is
/// on disk. So if a later transaction continues after a bad frame, that frame was once good.
///
/// The check reads only the file. Run it before SQLite opens the database and while nobody writes. Closing the file is
/// safe, because SQLite holds no lock on the log itself.
package struct WriteAheadLog: Sendable {
    package let path: String

    package init(ofDatabaseAt path: String) {
        self.path = path + "-wal"
    }

    package enum State: Hashable, Sendable {
        /// There is no log, or it is too short for a frame.
        case empty
        /// As far as the log shows, SQLite reads every commit. A truncated log does not show what is missing.
        case sound(frames: Int, tail: Tail)
        case damaged(Damage)
    }

    /// The content of the log after the last committed frame.
    package enum Tail: Hashable, Sendable {
        case nothing
        /// Frames of an earlier generation. SQLite restarts a log at its beginning without truncating it.
        case leftovers
        /// A transaction that was unfinished, rolled back, or torn.
        case unfinished
    }

    /// Damage that SQLite would skip silently.
    package enum Damage: Hashable, Sendable {
        /// The header is unreadable, so SQLite reads no frames.
        case header
        /// A frame is bad.
        /// - Parameters:
        ///   - number: the first bad frame, counted from 1.
        ///   - readable: the number of committed frames before it. SQLite reads only these.
        ///   - lost: the number of frames of this log from the bad one on.
        case frame(number: Int, readable: Int, lost: Int)
    }

    /// Checks the log.
    ///
    /// - Throws: ``LedgerError/cannotRead(path:reason:)``
    package func inspect() throws(LedgerError) -> State {
        do {
            return try read()
        } catch {
            throw .cannotRead(path: path, reason: error.description)
        }
    }

    /// Whether the file is missing, or too short for a frame.
    var holdsNoFrame: Bool {
        var status = stat()
        return unsafe stat(path, &status) != 0 || status.st_size < Header.size + FrameHeader.smallestFrame
    }

    private func read() throws(SystemError) -> State {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT { return .empty }
        guard descriptor >= 0 else { throw SystemError() }
        defer { close(descriptor) }
        var pieces = FilePieces(descriptor: descriptor)
        let start = try unsafe pieces.next(Header.size)
        guard start.count == Header.size else { return .empty }
        guard let header = unsafe Header(start) else {
            return try Self.holdsFrames(&pieces) ? .damaged(.header) : .empty
        }
        var walk = FrameWalk(of: header)
        while true {
            let piece = try unsafe pieces.next(header.frameSize * max(1, FilePieces.usualSize / header.frameSize))
            let whole = piece.count / header.frameSize
            for frame in 0..<whole {
                unsafe walk.take(
                    UnsafeRawBufferPointer(rebasing: piece[frame * header.frameSize..<(frame + 1) * header.frameSize]))
            }
            let rest = unsafe UnsafeRawBufferPointer(rebasing: piece[(whole * header.frameSize)...])
            if unsafe !rest.isEmpty { unsafe walk.takeTorn(rest) }
            if unsafe !rest.isEmpty || piece.isEmpty { return walk.state }
        }
    }

    /// Returns whether the data after the header has at least the size of a frame and is not only zeros. The header is
    /// on disk before any frame.
    private static func holdsFrames(_ pieces: inout FilePieces) throws(SystemError) -> Bool {
        var (size, isBlank) = (0, true)
        while isBlank || size < FrameHeader.smallestFrame {
            let piece = try unsafe pieces.next(FilePieces.usualSize)
            if unsafe piece.isEmpty { return false }
            size += piece.count
            isBlank = unsafe isBlank && !piece.contains { $0 != 0 }
        }
        return true
    }
}

extension WriteAheadLog.Damage: CustomStringConvertible {
    package var description: String {
        switch self {
        case .header: "the header of its write-ahead log is damaged, and frames follow it"
        case .frame(let number, let readable, let lost):
            "frame \(number) of its write-ahead log is damaged, and committed frames follow it: SQLite would read "
                + "\(readable) frames and drop \(lost)"
        }
    }
}

extension WriteAheadLog {
    /// Walks through the frames of a log in order.
    private struct FrameWalk {
        private let header: Header
        /// The checksum that the previous frame stores. After a bad frame, a computed value would be useless.
        private var sum: Checksum
        private var count = 0
        private var committed = 0
        /// The first frame that does not continue the frames before it.
        private var firstBad: Int?
        private var tail = Tail.nothing
        /// The number of frames of this log from the first bad one on.
        private var behind = 0
        private var followsCommit = false
        private var isDamaged = false

        init(of header: Header) {
            self.header = header
            sum = header.checksum
        }

        mutating func take(_ bytes: UnsafeRawBufferPointer) {
            let frame = unsafe FrameHeader(bytes)
            let isOurs = frame.salts == header.salts
            let goesOn =
                unsafe isOurs && frame.pageNumber != 0
                && sum.adding(frame.summed, header.order).adding(bytes[FrameHeader.size...], header.order)
                    == frame.checksum
            sum = frame.checksum
            count += 1
            guard firstBad != nil else {
                if goesOn {
                    if frame.isCommit { committed = count }
                } else {
                    firstBad = count
                    behind = isOurs ? 1 : 0
                    tail = isOurs ? .unfinished : .leftovers
                }
                return
            }
            if isOurs {
                behind += 1
                tail = .unfinished
            }
            // A transaction that was rolled back or torn can leave a commit after the end of the log. But no later
            // transaction continues it.
            if goesOn, followsCommit { isDamaged = true }
            followsCommit = goesOn && frame.isCommit
        }

        /// Takes a part of a frame at the end of the file.
        mutating func takeTorn(_ bytes: UnsafeRawBufferPointer) {
            if unsafe bytes.count < FrameHeader.size || FrameHeader(bytes).salts == header.salts {
                tail = .unfinished
            } else if tail == .nothing {
                tail = .leftovers
            }
        }

        var state: State {
            if isDamaged, let firstBad { return .damaged(.frame(number: firstBad, readable: committed, lost: behind)) }
            let isUnfinished = firstBad == nil && committed < count
            return .sound(frames: committed, tail: isUnfinished ? .unfinished : tail)
        }
    }
}
