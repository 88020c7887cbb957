import Foundation

/// Makes elements on one thread and takes them on another, so that a large workbook uses two cores. Only a few elements
/// wait, so the memory stays bounded.
///
/// It is `@unchecked`, because a condition guards everything that changes.
final class Handoff<Element, Value>: @unchecked Sendable {
    private static var limit: Int { 8 }

    private let condition = NSCondition()
    private var waiting: [Element] = []
    private var result: Result<Value, any Error>?
    private var isAbandoned = false

    /// The error that the maker gets after the taker has stopped.
    private struct Abandoned: Error {}

    private init() {}

    /// Runs both to their end.
    ///
    /// - Parameters:
    ///   - make: runs on another thread, and has ended when this function returns. It gets a function that passes on an
    ///     element.
    ///   - take: gets each element in its order.
    /// - Returns: the result of `make`.
    /// - Throws: the error of either.
    static func run(
        make: @escaping ((Element) throws -> Void) throws -> Value, take: (Element) throws -> Void
    ) throws -> Value {
        let handoff = Handoff()
        // Only the other thread uses it.
        nonisolated(unsafe) let make = make
        Thread.detachNewThread {
            handoff.finish(Result { try unsafe make(handoff.put) })
        }
        defer { handoff.abandon() }
        while let element = handoff.next() { try take(element) }
        return try handoff.value()
    }

    private func put(_ element: Element) throws {
        condition.lock()
        defer { condition.unlock() }
        while waiting.count >= Self.limit, !isAbandoned { condition.wait() }
        guard !isAbandoned else { throw Abandoned() }
        waiting.append(element)
        condition.broadcast()
    }

    private func finish(_ result: Result<Value, any Error>) {
        condition.lock()
        defer { condition.unlock() }
        self.result = result
        condition.broadcast()
    }

    /// Returns the next element, or `nil` after the last one.
    private func next() -> Element? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty, result == nil { condition.wait() }
        guard !waiting.isEmpty else { return nil }
        condition.broadcast()
        return waiting.removeFirst()
    }

    private func value() throws -> Value {
        condition.lock()
        defer { condition.unlock() }
        guard let result else { preconditionFailure("the last element is taken when the maker has ended") }
        return try result.get()
    }

    /// Stops taking elements, and waits for the end of the maker.
    private func abandon() {
        condition.lock()
        defer { condition.unlock() }
        isAbandoned = true
        condition.broadcast()
        while result == nil { condition.wait() }
    }
}
