import Synchronization

/// A random number generator that concurrent tasks share.
package final class RandomSource: Sendable {
    private let generator: Mutex<any RandomNumberGenerator & Sendable>

    package init(_ generator: some RandomNumberGenerator & Sendable) {
        self.generator = Mutex(generator)
    }

    /// Returns a number from 0 up to, but not including, `limit`.
    func below(_ limit: Double) -> Double {
        guard limit > 0 else { return 0 }
        return generator.withLock { generator in
            Double.random(in: 0..<limit, using: &generator)
        }
    }
}
