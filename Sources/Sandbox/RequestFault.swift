import Foundation

/// A request that the bank cannot process, with the error for its answer.
struct RequestFault: Error, Equatable {
    let error: BankError

    /// Decodes the body of a request. It throws a parse error for text that is not JSON, and an invalid request for any
    /// other JSON than expected.
    static func decode<Body: Decodable>(_ type: Body.Type, from data: Data) throws(RequestFault) -> Body {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            // The decoder's errors do not distinguish broken JSON from a number out of range.
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
