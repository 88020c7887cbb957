import Testing

@testable import Processing

@Suite struct BackoffTests {
    /// The shortest pause, and just below the longest.
    private struct Constant: RandomNumberGenerator, Sendable {
        let value: UInt64

        func next() -> UInt64 { value }
    }

    private func pause(before resend: Int, atLeast seconds: Int? = nil, isLongest: Bool = false) -> Duration? {
        Backoff().pause(
            before: resend, atLeastSeconds: seconds, random: RandomSource(Constant(value: isLongest ? .max : 0)))
    }

    @Test func aRowIsSentSixTimesAndThenTheBatchPauses() {
        #expect(pause(before: 5) != nil)
        #expect(pause(before: 6) == nil)
    }

    @Test func aPauseThatTheBankAskedForIsKept() {
        #expect(pause(before: 1, atLeast: 9) == .seconds(9))
        #expect(pause(before: 1, atLeast: 120) == .seconds(120))
        #expect(pause(before: 1, atLeast: -5) == .zero)
    }

    @Test func aBankThatAsksForMoreThanTwoMinutesIsLeftAlone() {
        #expect(pause(before: 1, atLeast: 121) == nil)
    }

    @Test(arguments: [(1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8)])
    func eachPauseMayBeTwiceAsLongAsTheOneBefore(resend: Int, seconds: Double) throws {
        #expect(pause(before: resend) == .zero)
        let longest = try #require(pause(before: resend, isLongest: true))
        #expect(longest > .seconds(seconds * 0.999) && longest <= .seconds(seconds))
    }

    @Test func noPauseIsLongerThanHalfAMinute() throws {
        var patient = Backoff()
        patient.tries = 1000
        for resend in [7, 30, 999] {
            let pause = try #require(
                patient.pause(before: resend, atLeastSeconds: nil, random: RandomSource(Constant(value: .max))))
            #expect(pause > .seconds(29) && pause <= .seconds(30))
        }
    }
}
