import Foundation

/// The address of a client, for the limits. A network assigns 2^64 IPv6 addresses to a client. So all addresses of such
/// a network count as one.
struct ClientAddress: Hashable, Sendable {
    let text: String

    init(_ ipAddress: String?) {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard let ipAddress, unsafe inet_pton(AF_INET6, ipAddress, &bytes) == 1 else {
            text = ipAddress ?? ""
            return
        }
        // An IPv4 address in the form of an IPv6 address.
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xff, bytes[11] == 0xff {
            text = bytes[12...].map(String.init).joined(separator: ".")
        } else {
            text = bytes[..<8].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "/64"
        }
    }
}
