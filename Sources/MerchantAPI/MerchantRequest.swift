/// A request to one method of the bank: where it goes, what it says, how its answer is read and checked against it. A new
/// method is one conformance and one line in an extension of ``MerchantClient``.
protocol MerchantRequest: Sendable {
    associatedtype Answer: Sendable

    static var method: MerchantMethod { get }
    static var verb: WireRequest.Verb { get }
    static var path: String { get }
    /// Whether the client logs in again after a 401 and repeats the request once. Never for one that moves money.
    static var mayBeAskedAgain: Bool { get }
    var body: JSONValue { get }
    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> Answer
    /// Reads an answer as it came. Only a request that needs more than the JSON implements it.
    static func read(_ raw: RawAnswer) throws(MerchantError.Cause) -> Answer

    /// - Throws: ``MerchantError/Cause/untrusted(httpStatus:why:)`` where the answer is to another request.
    func verify(_ answer: Answer) throws(MerchantError.Cause)
}

extension MerchantRequest {
    static var verb: WireRequest.Verb { .post }

    static func read(_ raw: RawAnswer) throws(MerchantError.Cause) -> Answer {
        try read(try raw.object(), httpStatus: raw.httpStatus)
    }

    func verify(_ answer: Answer) throws(MerchantError.Cause) {}
}
