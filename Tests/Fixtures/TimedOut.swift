/// Waits until something is so, and looks often. A test never waits longer than the limit, however slow the machine.
///
/// - Parameters:
///   - what: what is waited for, as the error names it.
///   - limit: far above what any machine needs.
/// - Throws: ``TimedOut`` where it is not so in time.
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

/// Does work that must end in time, and leaves it alone where it does not.
///
/// - Throws: ``TimedOut``, or what the work throws.
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

/// What a test waited for did not come about.
package struct TimedOut: Error, CustomStringConvertible {
    let what: String
    let limit: Duration

    package var description: String { "waited \(limit) in vain for \(what)" }
}
