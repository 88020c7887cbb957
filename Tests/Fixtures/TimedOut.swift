/// Waits until a condition is true. A test never waits longer than the limit.
///
/// - Parameters:
/// - what: the name of the condition, for the error.
/// - limit: far more than the time that a slow machine needs.
/// - Throws: ``TimedOut`` if the condition is not true in time.
package func wait(
    for what: String, within limit: Duration = .seconds(120), isolation: isolated (any Actor)? = #isolation,
    until isSo: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !isSo() {
        guard ContinuousClock.now < deadline else { throw TimedOut(what: what, limit: limit) }
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// Does work that must end in time. If it does not, it continues without the test.
///
/// - Throws: ``TimedOut``, or the error of the work.
package func ending<Value: Sendable>(
    _ what: String, within limit: Duration = .seconds(120), _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let (ends, end) = AsyncStream<Result<Value, any Error>>.makeStream()
    let working = Task {
        do {
            end.yield(.success(try await work()))
        } catch {
            end.yield(.failure(error))
        }
    }
    let timing = Task {
        try await Task.sleep(for: limit)
        end.yield(.failure(TimedOut(what: what, limit: limit)))
    }
    defer {
        working.cancel()
        timing.cancel()
    }
    for await result in ends { return try result.get() }
    throw CancellationError()
}

/// A condition that a test waited for did not come true in time.
package struct TimedOut: Error, CustomStringConvertible {
    let what: String
    let limit: Duration

    package var description: String { "waited \(limit) in vain for \(what)" }
}
