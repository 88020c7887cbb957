import Foundation

/// The body of send-otp. The document's table calls the expiry `exp` and has it as YYMM, its sample sends `expiry` as
/// MMYY: each is read under its own name; with both, `expiry` counts.
struct CodeWish {
    let card: CustomerCard

    init(body: Data) throws(RequestFault) {
        let wire = try RequestFault.decode(Wire.self, from: body)
        guard let expiry = wire.expiry ?? wire.exp.map({ String($0.suffix(2) + $0.prefix(2)) }) else {
            throw RequestFault(error: .invalidRequest)
        }
        card = try CardFields(pan: wire.pan, exp: expiry).card()
    }

    private struct Wire: Decodable {
        let pan: String
        let expiry: String?
        let exp: String?
    }
}
