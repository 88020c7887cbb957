import Foundation

/// The write-ahead log beside a database, read without SQLite.
///
///     if case .damaged(let damage) = try WriteAheadLog(ofDatabaseAt: path).inspect() { … }
///
/// SQLite takes the first frame whose checksum is wrong for the end of the log, and drops all that was committed behind it.
/// Usually it is right: the last transaction was being written when the power failed. But nobody begins a transaction before
/// the one before it is on disk, so a commit that another transaction goes on from shows that the bad frame was once good.
///
/// Looks at the file alone, so it must be asked before SQLite opens the database and while nobody writes. SQLite holds no lock on
/// the log itself, so closing a descriptor of it drops none.
package struct WriteAheadLog: Sendable {
    package let path: String

    package init(ofDatabaseAt path: String) {
        self.path = path + "-wal"
    }

    package enum State: Hashable, Sendable {
        /// There is no log, or none that could hold a frame.
        case empty
        /// SQLite reads all that was committed, as far as the log can tell. A log that was cut short cannot tell.
        case sound(frames: Int, tail: Tail)
        case damaged(Damage)
    }

    /// What lies behind the last committed frame.
    package enum Tail: Hashable, Sendable {
        case nothing
        /// Frames of an earlier generation: SQLite begins a log again at its start and does not cut off what is longer.
        case leftovers
        /// A transaction that was not finished, was taken back, or is torn.
        case unfinished
    }

    /// What SQLite would pass over without a word.
    package enum Damage: Hashable, Sendable {
        /// The log does not say what its frames are, and SQLite reads none of them.
        case header
        /// - Parameters:
        ///   - number: the first bad frame, counted from 1.
        ///   - readable: the committed frames before it, which is all that SQLite reads.
        ///   - lost: the frames from it on that belong to this log.
        case frame(number: Int, readable: Int, lost: Int)
    }

    /// - Throws: ``LedgerError/cannotRead(path:reason:)``
    package func inspect() throws(LedgerError) -> State {
        do {
            return try read()
        } catch {
            throw .cannotRead(path: path, reason: error.description)
        }
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

    /// Whether there is more behind the header than zeros and less than a frame. The header is on disk before any frame is.
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
        case .header: "the head of its write-ahead log is damaged, and frames follow it"
        case .frame(let number, let readable, let lost):
            "frame \(number) of its write-ahead log is damaged, and committed ones follow it: SQLite would read \(readable) frames "
                + "and drop \(lost)"
        }
    }
}

extension WriteAheadLog {
    /// Follows the frames of a log in their order.
    private struct FrameWalk {
        private let header: Header
        /// What the frame before holds as the sum up to itself; what it should hold is of no use behind a bad one.
        private var sum: Checksum
        private var count = 0
        private var committed = 0
        /// The first frame that does not go on from the ones before it.
        private var firstBad: Int?
        private var tail = Tail.nothing
        /// The frames of this log from the first bad one on.
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
            // What was taken back or torn earlier can lie behind the end with a commit of its own, but nothing goes on from that.
            if goesOn, followsCommit { isDamaged = true }
            followsCommit = goesOn && frame.isCommit
        }

        /// Takes what is left of a frame at the end of the file.
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
