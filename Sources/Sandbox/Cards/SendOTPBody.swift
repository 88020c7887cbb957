import Foundation

/// The body of send-otp. The document's table has `exp` as YYMM. Its sample has `expiry` as MMYY. Both are accepted,
/// and `expiry` takes precedence.
struct SendOTPBody {
    let card: CustomerCard

    init(body: Data) throws(RequestFault) {
        let wire = try RequestFault.decode(Wire.self, from: body)
        let swapped = wire.exp.map { String($0.suffix(2) + $0.prefix(2)) }
        guard let expiry = wire.expiry ?? swapped else { throw RequestFault(error: .invalidRequest) }
        guard swapped.map(CardFields.isMonthAndYear) ?? true else { throw RequestFault(error: .invalidParams) }
        card = try CardFields(pan: wire.pan, exp: expiry).card()
    }

    private struct Wire: Decodable {
        let pan: String
        let expiry: String?
        let exp: String?

        private enum Key: CodingKey {
            case pan, expiry, exp
        }

        /// Accepts a missing field, but not `null` or another type.
        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            pan = try fields.decode(String.self, forKey: .pan)
            expiry = fields.contains(.expiry) ? try fields.decode(String.self, forKey: .expiry) : nil
            exp = fields.contains(.exp) ? try fields.decode(String.self, forKey: .exp) : nil
        }
    }
}
