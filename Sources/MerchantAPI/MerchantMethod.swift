/// One method of the bank: where it is posted, what is sent, how its answer is read. A new method is one conformance
/// and one line in ``MerchantClient``.
protocol MerchantMethod: Sendable {
    associatedtype Answer: Sendable

    static var path: String { get }
    /// Whether a 401 may be followed by one new login and the same request again. Never for what moves money.
    static var mayBeAskedAgain: Bool { get }
    var body: JSONValue { get }
    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> Answer
}
