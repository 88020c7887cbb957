import Fixtures
import Foundation
import Synchronization

@testable import Processing

/// A clock that advances only when somebody sleeps, and then at once.
final class TestTime: Sendable {
    private let elapsed = Mutex(Duration.zero)
    /// How far the wall clock was set.
    private let error = Mutex(Duration.zero)

    var passed: Duration { elapsed.withLock { $0 } }

    func advance(by duration: Duration) {
        elapsed.withLock { $0 += duration }
    }

    func setClock(forwardBy duration: Duration) {
        error.withLock { $0 += duration }
    }

    var now: Date { Samples.noon.addingTimeInterval((passed + error.withLock { $0 }) / .seconds(1)) }

    var source: TimeSource {
        TimeSource(
            now: { self.now }, uptime: { self.passed }, boot: "test",
            sleep: { duration in
                try Task.checkCancellation()
                self.advance(by: duration)
                await Task.yield()
            })
    }
}
