/// One method of the bank: where it is sent, what is sent, how its answer is read and held against the request. A new method
/// is one conformance and one line in an extension of ``MerchantClient``.
protocol MerchantMethod: Sendable {
    associatedtype Answer: Sendable

    static var verb: WireRequest.Verb { get }
    static var path: String { get }
    /// Whether a 401 may be followed by one new login and the same request again. Never for what moves money.
    static var mayBeAskedAgain: Bool { get }
    var body: JSONValue { get }
    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> Answer
    /// Reads an answer as it came. Only what needs more of it than its JSON has a way of its own.
    static func read(_ raw: RawAnswer) throws(MerchantError) -> Answer

    /// - Throws: ``MerchantError/untrusted(httpStatus:why:)`` where an answer that reads well is not one to this request.
    func verify(_ answer: Answer) throws(MerchantError)
}

extension MerchantMethod {
    static var verb: WireRequest.Verb { .post }

    static func read(_ raw: RawAnswer) throws(MerchantError) -> Answer {
        try read(try raw.object(), httpStatus: raw.httpStatus)
    }

    func verify(_ answer: Answer) throws(MerchantError) {}
}
