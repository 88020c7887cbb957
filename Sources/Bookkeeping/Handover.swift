import Dispatch
import Synchronization

/// Pieces of work that one thread makes while another takes those before, a few ahead at most.
final class Handover<Piece: Sendable>: Sendable {
    /// Enough that neither waits for the other's every pause, and little to hold in memory.
    private static var ahead: Int { 8 }

    private struct State {
        var waiting: [Piece] = []
        /// Why there will be no more, if the maker did not come to its end.
        var failure: (any Error)?
        /// Whether nobody takes them any more.
        var isAbandoned = false
    }

    private struct Abandoned: Error {}

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    private init() {
        // A semaphore must not end below what it began with, and either side may end in the middle.
        for _ in 0..<Self.ahead { room.signal() }
    }

    /// Makes pieces on a thread of their own, and takes each on this one.
    ///
    /// - Throws: what either threw; of both, what the taker did.
    static func makingElsewhere(
        _ make: @escaping @Sendable ((Piece) throws -> Void) throws -> Void, take: (Piece) throws -> Void
    ) throws {
        let handover = Handover()
        let maker = elsewhere { handover.make(make) }
        defer { maker.wait() }
        do {
            while let piece = try handover.next() { try take(piece) }
        } catch {
            handover.abandon()
            throw error
        }
    }

    /// Makes pieces on this thread, and takes them on one of its own, from a function that gives the next one, and `nil`
    /// at the end.
    ///
    /// - Throws: what either threw. The taker may end before it has them all.
    static func takingElsewhere(
        _ take: @escaping @Sendable (_ next: @escaping () throws -> Piece?) throws -> Void,
        make: ((Piece) throws -> Void) throws -> Void
    ) throws {
        let handover = Handover()
        let failure = Mutex<(any Error)?>(nil)
        let taker = elsewhere {
            do {
                try take(handover.next)
            } catch {
                failure.withLock { $0 = error }
            }
            handover.abandon()
        }
        handover.make(make)
        taker.wait()
        if let failure = failure.withLock(\.self) { throw failure }
    }

    private static func elsewhere(_ work: @escaping @Sendable () -> Void) -> DispatchGroup {
        let group = DispatchGroup()
        DispatchQueue(label: "handover").async(group: group, execute: work)
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
        // Asked again after the end, it says the same.
        if piece == nil { filled.signal() } else { room.signal() }
        return piece
    }

    private func abandon() {
        state.withLock { $0.isAbandoned = true }
        room.signal()
    }
}
