import Testing

/// Runs the tests of the built program one at a time. They wait for certain moments in a process, and would miss them
/// if a dozen other processes started.
struct OneAtATime: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    private static let turns = Turns()

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        // A suite is not a test. Each of its tests waits for itself.
        guard testCase != nil else { return try await function() }
        await Self.turns.take()
        let result: Result<Void, any Error>
        do {
            result = .success(try await function())
        } catch {
            result = .failure(error)
        }
        await Self.turns.giveBack()
        try result.get()
    }

    private actor Turns {
        private var isTaken = false
        private var waiting: [CheckedContinuation<Void, Never>] = []

        func take() async {
            guard isTaken else {
                isTaken = true
                return
            }
            await withCheckedContinuation { waiting.append($0) }
        }

        func giveBack() {
            if waiting.isEmpty {
                isTaken = false
            } else {
                waiting.removeFirst().resume()
            }
        }
    }
}

extension Trait where Self == OneAtATime {
    static var oneAtATime: Self { Self() }
}
