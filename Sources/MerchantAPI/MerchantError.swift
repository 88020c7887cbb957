/// Why a call to the bank gave no answer that can be used. The cases separate what was proved about the request.
public indirect enum MerchantError: Error, Hashable, Sendable {
    /// No login could be had, so the call itself was never sent.
    case loginFailed(MerchantError)
    /// Provably no byte of the call left: no address, connection refused, no connection in time, TLS not agreed.
    case notSent(String)
    /// Bytes may have left, and no whole answer came.
    case noAnswer(NoAnswer)
    /// An answer came that cannot be believed: cut, not JSON, too long (over 1 MB), contradictory, about something else
    /// than was asked, a redirect.
    case untrusted(httpStatus: Int, why: String)
    /// A whole answer came, and its `success` and `status` are not those of this method's success: `CHECK_FAIL`, say, or
    /// `PAYING`. The bank's own words, card numbers masked.
    case unsuccessful(httpStatus: Int, status: String, text: String?)
    /// The bank said no in its own words.
    case refused(BankError)

    /// How an answer failed to come.
    public enum NoAnswer: Hashable, Sendable {
        /// The hard timeout passed.
        case timeout
        /// The connection broke.
        case connectionLost(String)
        /// The calling task was cancelled while the call was on its way.
        case cancelled
    }
}

extension MerchantError {
    /// Whether the bank may have done what it was told all the same. After methods 7 to 13 and 15 this means: money may have
    /// moved. Then do not send the call again; ask ``MerchantClient/status(_:)`` what became of it.
    ///
    /// The error does not know its method. After a payout (method 15) look at ``CataloguedError/meaning`` as well: a code that makes
    /// no sense there, such as `bill_not_found`, is certain here and for a person to settle there.
    public var mayHaveTakenEffect: Bool {
        switch self {
        case .loginFailed, .notSent: false
        case .noAnswer, .untrusted, .unsuccessful: true
        case .refused(let error): error.mayHaveTakenEffect
        }
    }
}

extension MerchantError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .loginFailed(let cause): "the login at the bank failed, nothing was sent: \(cause.event)"
        case .noAnswer, .untrusted: "\(event); ask the bank what became of the request"
        case .notSent, .unsuccessful, .refused: event
        }
    }

    /// What happened; without what to do where a request may have arrived, for after a failed login there is none.
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
