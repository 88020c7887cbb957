import Dispatch
import Synchronization

/// A bounded buffer between a thread that produces pieces of work and a thread that consumes them.
final class Pipeline<Piece: Sendable>: Sendable {
    /// Buffer size: 8 pieces smooth out stalls and take little memory.
    private static var ahead: Int { 8 }

    private struct State {
        var waiting: [Piece] = []
        /// The producer's error, if it failed.
        var failure: (any Error)?
        /// Whether the consumer has stopped.
        var isAbandoned = false
    }

    private struct Abandoned: Error {}

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    private init() {
        // A semaphore must not be freed with a lower value than its first one, and either side may stop halfway.
        for _ in 0..<Self.ahead { room.signal() }
    }

    /// Calls `make` on another thread, and `take` with each piece on this thread.
    ///
    /// - Throws: the consumer's error, or otherwise the producer's.
    static func producingInBackground(
        _ make: @escaping @Sendable ((Piece) throws -> Void) throws -> Void, take: (Piece) throws -> Void
    ) throws {
        let pipeline = Pipeline()
        let maker = inBackground { pipeline.make(make) }
        defer { maker.wait() }
        do {
            while let piece = try pipeline.next() { try take(piece) }
        } catch {
            pipeline.abandon()
            throw error
        }
    }

    /// Calls `make` on this thread, and `take` on another. `take` gets a function that returns the next piece, and
    /// `nil` after the last one. The consumer may stop early.
    ///
    /// - Throws: the consumer's error. Otherwise the producer's, if the consumer reached it.
    static func consumingInBackground(
        _ take: @escaping @Sendable (_ next: @escaping () throws -> Piece?) throws -> Void,
        make: ((Piece) throws -> Void) throws -> Void
    ) throws {
        let pipeline = Pipeline()
        let failure = Mutex<(any Error)?>(nil)
        let taker = inBackground {
            do {
                try take(pipeline.next)
            } catch {
                failure.withLock { $0 = error }
            }
            pipeline.abandon()
        }
        pipeline.make(make)
        taker.wait()
        if let failure = failure.withLock(\.self) { throw failure }
    }

    private static func inBackground(_ work: @escaping @Sendable () -> Void) -> DispatchGroup {
        let group = DispatchGroup()
        DispatchQueue(label: "pipeline").async(group: group, execute: work)
        return group
    }

    private func make(_ make: ((Piece) throws -> Void) throws -> Void) {
        do {
            try make(put)
        } catch {
            state.withLock { $0.failure = error }
        }
        filled.signal()
    }

    private func put(_ piece: Piece) throws {
        room.wait()
        let isAbandoned = state.withLock { state in
            state.waiting.append(piece)
            return state.isAbandoned
        }
        if isAbandoned { throw Abandoned() }
        filled.signal()
    }

    private func next() throws -> Piece? {
        filled.wait()
        let piece = try state.withLock { state in
            if !state.waiting.isEmpty { return Piece?.some(state.waiting.removeFirst()) }
            if let failure = state.failure { throw failure }
            return nil
        }
        // After the end, every further call must return `nil` too.
        if piece == nil { filled.signal() } else { room.signal() }
        return piece
    }

    private func abandon() {
        state.withLock { $0.isAbandoned = true }
        room.signal()
    }
}
