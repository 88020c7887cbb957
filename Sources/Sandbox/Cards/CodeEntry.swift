import Foundation

/// The body of verify-otp. `id` is a number in the document's table and a string in its sample.
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
