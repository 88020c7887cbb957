import Foundation

/// Makes elements on one thread and takes them on another, so that a large workbook uses two cores. A few elements wait
/// at most: the maker does not run ahead of the memory.
final class Handoff<Element>: @unchecked Sendable {
    private static var limit: Int { 8 }

    private let condition = NSCondition()
    private var waiting: [Element] = []
    private var isFinished = false
    private var failure: (any Error)?
    private var isAbandoned = false

    /// What the maker gets when nobody takes any more.
    private struct Abandoned: Error {}

    private init() {}

    /// Runs both to their end.
    ///
    /// - Parameters:
    ///   - make: runs on another thread. It gets a function that hands an element over.
    ///   - take: gets each element in its order.
    /// - Throws: what either throws.
    static func run(
        make: ((Element) throws -> Void) throws -> Void, take: (Element) throws -> Void
    ) throws {
        let handoff = Handoff()
        try withoutActuallyEscaping(make) { make in
            // It is used by the other thread alone, which ends before this function does.
            nonisolated(unsafe) let make = make
            let thread = Thread {
                do {
                    try unsafe make(handoff.put)
                    handoff.finish(nil)
                } catch {
                    handoff.finish(error)
                }
            }
            thread.start()
            defer { handoff.abandon() }
            while let element = try handoff.next() { try take(element) }
        }
    }

    private func put(_ element: Element) throws {
        condition.lock()
        defer { condition.unlock() }
        while waiting.count >= Self.limit, !isAbandoned { condition.wait() }
        guard !isAbandoned else { throw Abandoned() }
        waiting.append(element)
        condition.broadcast()
    }

    private func finish(_ error: (any Error)?) {
        condition.lock()
        defer { condition.unlock() }
        failure = error
        isFinished = true
        condition.broadcast()
    }

    /// `nil` after the last one.
    private func next() throws -> Element? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty, !isFinished { condition.wait() }
        guard waiting.isEmpty else {
            condition.broadcast()
            return waiting.removeFirst()
        }
        if let failure { throw failure }
        return nil
    }

    /// Waits for the end of the maker.
    private func abandon() {
        condition.lock()
        defer { condition.unlock() }
        isAbandoned = true
        condition.broadcast()
        while !isFinished { condition.wait() }
    }
}
