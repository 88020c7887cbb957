import Foundation

/// The body of send-otp. The document's table calls the expiry `exp` and has it as YYMM, its sample sends `expiry` as
/// MMYY: each is read under its own name; with both, `expiry` counts.
struct CodeWish {
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

        /// What is there must be a string: a null is not the same as nothing.
        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            pan = try fields.decode(String.self, forKey: .pan)
            expiry = fields.contains(.expiry) ? try fields.decode(String.self, forKey: .expiry) : nil
            exp = fields.contains(.exp) ? try fields.decode(String.self, forKey: .exp) : nil
        }
    }
}
