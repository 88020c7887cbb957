/// The reason why a call to the bank gave no usable answer.
public struct MerchantError: Error, Hashable, Sendable {
    /// The method that was called.
    public let method: MerchantMethod
    /// The cause of the error.
    public let cause: Cause

    /// Makes an error, for example for a test.
    public init(method: MerchantMethod, cause: Cause) {
        self.method = method
        self.cause = cause
    }

    /// The cause of an error. Each case says what it proves about the request.
    @nonexhaustive
    public indirect enum Cause: Error, Hashable, Sendable {
        /// The login failed, so the call itself was never sent.
        case loginFailed(Cause)
        /// No byte of the call was sent: connection refused, no connection in time, or TLS failed.
        case notSent(String)
        /// Bytes may have been sent, and no whole answer came.
        case noAnswer(NoAnswer)
        /// The answer cannot be trusted: cut, not JSON, over 1 MB, contradictory, about another request, or a redirect.
        case untrusted(httpStatus: Int, why: String)
        /// A whole answer came without this method's words for success: `CHECK_FAIL`, for example, or `PAYING`. The
        /// text is the bank's, with card numbers masked.
        case unsuccessful(httpStatus: Int, status: String, text: String?)
        /// The bank refused the call and named its error.
        case refused(BankError)
    }

    /// The reason why no answer came.
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
    /// Whether the bank may have carried out the call in spite of the error. Check this first.
    ///
    /// - For methods 7 to 13 and 15, `true` means that money may have moved. Do not send the call again. Ask
    ///   ``MerchantClient/status(_:)`` for the result.
    /// - For methods 2 to 4, `true` means that the token or the code may be used up. An SMS may be on its way.
    /// - Methods 1, 5, 6 and 14 only ask and change nothing: the value is always `false`.
    ///
    /// `false` is about this call only. It does not settle an earlier call with the same id.
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
    /// One sentence for a person, with the next step if there is one.
    public var description: String { cause.description }
}

extension MerchantError.Cause: CustomStringConvertible {
    /// One sentence for a person, with the next step if there is one.
    public var description: String {
        switch self {
        case .loginFailed(let cause): "the login at the bank failed, nothing was sent: \(cause.event)"
        case .noAnswer, .untrusted: "\(event); ask the bank what became of the request"
        case .notSent, .unsuccessful, .refused: event
        }
    }

    /// The event without the next step: after a failed login there is no request to ask about.
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
