import Foundation

/// Compares typed passwords with hashes, a few at once. Each comparison takes 128 MB and a core for a part of a second.
/// The other comparisons wait, and block no thread that serves pages.
final class PasswordChecks: Sendable {
    typealias Compare = @Sendable (_ password: String, PasswordHash) throws -> Bool

    static let atOnce = 2

    private let queue = OperationQueue()
    private let compare: Compare

    init(_ compare: @escaping Compare) {
        self.compare = compare
        queue.maxConcurrentOperationCount = Self.atOnce
    }

    func matches(_ password: String, _ hash: PasswordHash) async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { [compare] in
                continuation.resume(with: Result { try compare(password, hash) })
            }
        }
    }
}
