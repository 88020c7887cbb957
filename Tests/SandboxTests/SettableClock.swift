import Foundation
import Synchronization

/// A clock that moves only when a test sets it.
final class SettableClock: Sendable {
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { time.withLock { $0 } }

    func advance(_ seconds: TimeInterval) {
        time.withLock { $0.addTimeInterval(seconds) }
    }
}
