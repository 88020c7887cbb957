import Fixtures
import Foundation
import Synchronization

/// A TCP connection on which a test sends any bytes.
final class RawConnection: Sendable {
    private let descriptor: Int32
    private let received = Mutex<[UInt8]>([])

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        let result = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw unsafe Failed(reason: String(cString: strerror(errno))) }
    }

    struct Failed: Error {
        let reason: String
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard unsafe Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw unsafe Failed(reason: String(cString: strerror(errno)))
        }
    }

    /// Returns what the desk sends until it closes the connection. Blocks no thread while it waits.
    func readToEnd() async throws -> String {
        try await wait(for: "the desk to close the connection") { receive() }
        return received.withLock { String(decoding: $0, as: UTF8.self) }
    }

    /// Returns the head of the desk's answer, although the desk may still wait for more of the request.
    func readHead() async throws -> String {
        func head() -> String? {
            let text = received.withLock { String(decoding: $0, as: UTF8.self) }
            return text.range(of: "\r\n\r\n").map { String(text[..<$0.lowerBound]) }
        }
        try await wait(for: "the head of an answer") { receive() || head() != nil }
        return head() ?? ""
    }

    /// Takes what has arrived.
    ///
    /// - Returns: whether the desk has closed the connection.
    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            if count < 0, errno == EAGAIN { return false }
            guard count > 0 else { return true }
            received.withLock { $0 += buffer[..<count] }
        }
    }

    deinit {
        close(descriptor)
    }
}
