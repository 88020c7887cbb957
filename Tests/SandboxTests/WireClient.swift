import Foundation

/// One HTTP exchange over one socket, byte by byte. It neither retries nor follows redirects, so that a test sees
/// exactly what the sandbox does to a connection.
struct WireClient: Sendable {
    let port: Int

    /// Returns the answer, or `nil` if the connection closed without one.
    func send(
        _ method: String, _ path: String, headers: [String: String] = [:], body: String = ""
    ) async throws -> WireAnswer? {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
        lines += ["Content-Length: \(body.utf8.count)"]
        lines += headers.map { "\($0.key): \($0.value)" }
        let bytes = try await exchange((lines + ["", body]).joined(separator: "\r\n"))
        return bytes.isEmpty ? nil : try WireAnswer(bytes)
    }

    /// Writes raw bytes and reads until the server closes the connection. Uses its own thread: a queue would block
    /// threads of the server's tasks.
    func exchange(_ text: String) async throws -> Data {
        try await exchangeToTheEnd(text).bytes
    }

    /// Does the same, and returns whether the server ended the connection with RST.
    func exchangeToTheEnd(_ text: String) async throws -> (bytes: Data, wasReset: Bool) {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try blockingExchange(text) })
            }
        }
    }

    private func blockingExchange(_ text: String) throws -> (bytes: Data, wasReset: Bool) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw WireError.socket(errno) }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = unsafe inet_addr("127.0.0.1")
        let connected = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw WireError.connect(errno) }
        var unsent = Array(text.utf8)[...]
        while !unsent.isEmpty {
            let count = unsafe unsent.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw WireError.send(errno) }
            unsent = unsent.dropFirst(count)
        }
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { return (received, false) }
            if count < 0, errno == ECONNRESET { return (received, true) }
            guard count > 0 else { throw WireError.receive(errno) }
            received.append(contentsOf: buffer[..<count])
        }
    }
}

enum WireError: Error {
    case socket(Int32)
    case connect(Int32)
    case send(Int32)
    case receive(Int32)
    case notHTTP(String)
    case notJSON(String)
}

struct WireAnswer {
    let status: Int
    let headers: [String: String]
    let body: Data

    init(status: Int, headers: [String: String], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(_ bytes: Data) throws {
        guard let gap = bytes.range(of: Data("\r\n\r\n".utf8)) else {
            throw WireError.notHTTP(String(decoding: bytes, as: UTF8.self))
        }
        let lines = String(decoding: bytes[..<gap.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = Int(lines[0].split(separator: " ")[1]) else { throw WireError.notHTTP(lines[0]) }
        self.status = status
        headers = lines.dropFirst().reduce(into: [:]) { headers, line in
            let sides = line.split(separator: ":", maxSplits: 1)
            headers[sides[0].lowercased()] = sides[1].trimmingCharacters(in: .whitespaces)
        }
        body = Data(bytes[gap.upperBound...])
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: [String: Any] {
        get throws {
            guard let object = try JSONSerialization.jsonObject(with: body) as? [String: Any] else {
                throw WireError.notJSON(text)
            }
            return object
        }
    }

    var detail: String? {
        get throws { try json["detail"] as? String }
    }

    /// The answer of /agent/status: a status, or the code of an error.
    var word: String? {
        get throws { try json["status"] as? String ?? detail }
    }
}
