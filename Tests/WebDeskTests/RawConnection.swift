import Foundation

/// A TCP connection on which a test sends any bytes.
final class RawConnection: Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failed(reason: String(cString: strerror(errno))) }
    }

    struct Failed: Error {
        let reason: String
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL.rawValue)) == bytes.count else {
            throw Failed(reason: String(cString: strerror(errno)))
        }
    }

    /// Returns what the desk sends until it closes the connection, which it must do within the time limit.
    func readToEnd(seconds: Int32 = 20) throws -> String {
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while try waits(forMilliseconds: seconds * 1000) {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { return String(decoding: answer, as: UTF8.self) }
            answer += buffer[..<count]
        }
        throw Failed(reason: "the connection is still open; it brought \(answer.count) bytes")
    }

    /// Whether the desk has closed the connection or sent something.
    func waits(forMilliseconds milliseconds: Int32) throws -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, milliseconds) > 0
    }

    deinit {
        close(descriptor)
    }
}
