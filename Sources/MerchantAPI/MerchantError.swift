/// Why a call to the bank gave no answer that can be used.
public struct MerchantError: Error, Hashable, Sendable {
    /// The method that was called.
    public let method: MerchantMethod
    /// What happened to the call.
    public let cause: Cause

    /// Makes an error, for example for a test.
    public init(method: MerchantMethod, cause: Cause) {
        self.method = method
        self.cause = cause
    }

    /// What happened to a call. Each case says what is proved about the request.
    @nonexhaustive
    public indirect enum Cause: Error, Hashable, Sendable {
        /// The login failed, so the call itself was never sent.
        case loginFailed(Cause)
        /// No byte of the call left: connection refused, no connection in time, TLS not agreed.
        case notSent(String)
        /// Bytes may have left, and no whole answer came.
        case noAnswer(NoAnswer)
        /// An answer came that cannot be believed: cut, not JSON, over 1 MB, contradictory, about another request, or a
        /// redirect.
        case untrusted(httpStatus: Int, why: String)
        /// A whole answer came without this method's words of success: `CHECK_FAIL`, for example, or `PAYING`. The words
        /// are the bank's, with card numbers masked.
        case unsuccessful(httpStatus: Int, status: String, text: String?)
        /// The bank refused, and named its error.
        case refused(BankError)
    }

    /// Why no answer came.
    @nonexhaustive
    public enum NoAnswer: Hashable, Sendable {
        /// The hard timeout passed.
        case timeout
        /// The connection broke.
        case connectionLost(String)
        /// The calling task was cancelled after the call was sent.
        case cancelled
    }
}

extension MerchantError {
    /// Whether the bank may have done what it was told, in spite of the error. Ask this first.
    ///
    /// - For methods 7 to 13 and 15 `true` means: money may have moved. Do not send the call again. Ask
    ///   ``MerchantClient/status(_:)`` what became of it.
    /// - For methods 2 to 4 it means: the token or the code may be used up, an SMS may be on its way.
    /// - A call that only asks (methods 1, 5, 6 and 14) changes nothing: always `false`.
    ///
    /// `false` speaks for this call alone, and not for an earlier one with the same id.
    public var mayHaveTakenEffect: Bool {
        guard method.changesSomething else { return false }
        return switch cause {
        case .loginFailed, .notSent: false
        case .noAnswer, .untrusted, .unsuccessful: true
        case .refused(let error): !error.provesNothingWasDone(by: method)
        }
    }
}

extension MerchantError: CustomStringConvertible {
    /// One sentence for a person, with the next step where there is one.
    public var description: String { cause.description }
}

extension MerchantError.Cause: CustomStringConvertible {
    /// One sentence for a person, with the next step where there is one.
    public var description: String {
        switch self {
        case .loginFailed(let cause): "the login at the bank failed, nothing was sent: \(cause.event)"
        case .noAnswer, .untrusted: "\(event); ask the bank what became of the request"
        case .notSent, .unsuccessful, .refused: event
        }
    }

    /// What happened, without the next step: after a failed login there is no request to ask about.
    private var event: String {
        switch self {
        case .loginFailed: description
        case .notSent(let why):
            "the bank cannot be reached, nothing was sent (\(why)): check the address and the network"
        case .noAnswer(.timeout): "the bank did not answer in time"
        case .noAnswer(.connectionLost(let why)): "the connection to the bank broke (\(why))"
        case .noAnswer(.cancelled): "the wait for the bank's answer was ended"
        case .untrusted(let status, let why): "the bank's answer (HTTP \(status)) cannot be trusted: \(why)"
        case .unsuccessful(_, let status, let text):
            "the bank answered \(status)\(text.map { " (\($0))" } ?? ""), which is not success: ask it how the request stands"
        case .refused(let error): "the bank refused: \(error)"
        }
    }
}
