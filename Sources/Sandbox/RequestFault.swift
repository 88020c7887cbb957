import Foundation

/// A request that the bank cannot take, and the error it answers.
struct RequestFault: Error, Equatable {
    let error: BankError

    /// Reads a request's body: what is not JSON is a parse error, what is JSON of another shape an invalid request.
    static func decode<Body: Decodable>(_ type: Body.Type, from data: Data) throws(RequestFault) -> Body {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            // The decoder's errors do not tell broken JSON from a number of the wrong kind.
            throw RequestFault(error: isJSON(data) ? .invalidRequest : .parseError)
        }
    }

    private static func isJSON(_ data: Data) -> Bool {
        do {
            _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            return true
        } catch {
            return false
        }
    }
}
