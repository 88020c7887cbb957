import Foundation

/// The body of verify-otp. The document's table has `id` as a number, its sample as a string.
struct CodeEntry {
    let id: Int64
    let code: String

    init(body: Data) throws(RequestFault) {
        let wire = try RequestFault.decode(Wire.self, from: body)
        id = wire.id.value
        code = wire.otp
    }

    private struct Wire: Decodable {
        let id: LenientInt
        let otp: String
    }
}
