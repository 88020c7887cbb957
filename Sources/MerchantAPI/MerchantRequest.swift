/// A request to one method of the bank: its path, its body, and how its answer is read and verified. A new method takes
/// one conformance, and one line in an extension of ``MerchantClient``.
protocol MerchantRequest: Sendable {
    associatedtype Answer: Sendable

    static var method: MerchantMethod { get }
    static var verb: WireRequest.Verb { get }
    static var path: String { get }
    /// Whether the client logs in again after a 401 and repeats the request once. It is `false` for every request that
    /// moves money.
    static var mayBeAskedAgain: Bool { get }
    var body: JSONValue { get }
    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> Answer
    /// Reads an answer as it came. Implement it only if the request needs more than the JSON.
    static func read(_ raw: RawAnswer) throws(MerchantError.Cause) -> Answer

    /// Verifies that the answer belongs to this request.
    /// - Throws: ``MerchantError/Cause/untrusted(httpStatus:why:)`` if it belongs to another request.
    func verify(_ answer: Answer) throws(MerchantError.Cause)
}

extension MerchantRequest {
    static var verb: WireRequest.Verb { .post }

    static func read(_ raw: RawAnswer) throws(MerchantError.Cause) -> Answer {
        try read(try raw.object(), httpStatus: raw.httpStatus)
    }

    func verify(_ answer: Answer) throws(MerchantError.Cause) {}
}
