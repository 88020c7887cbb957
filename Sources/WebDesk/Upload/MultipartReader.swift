import Foundation

/// Parses a form with a file while it arrives (RFC 7578), and buffers no more than one piece. It is our own code,
/// because no available package parses in pieces.
struct MultipartReader {
    enum Event: Equatable {
        /// A field of the form begins.
        case field(name: String, fileName: String?)
        case bytes(ArraySlice<UInt8>)
        case fieldEnd
    }

    enum Malformed: Error, Equatable {
        case notMultipart
        /// The headers of a field are too long or cannot be read.
        case badHeaders
        /// The form ended before its last delimiter.
        case truncated
        /// Data follows the last delimiter.
        case trailingData
    }

    private enum State {
        case preamble, delimiter, headers, body, end
    }

    private static let longestHeaders = 8192
    /// Characters that may follow the last delimiter.
    private static let blanks = Array("\r\n \t".utf8)

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var buffer: [UInt8]

    /// Makes a reader.
    /// - Parameter contentType: the request's header, `multipart/form-data; boundary=…`.
    init(contentType: String) throws(Malformed) {
        let parameters = contentType.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parameters.first?.lowercased() == "multipart/form-data",
            let parameter = parameters.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { throw .notMultipart }
        let boundary = parameter.dropFirst("boundary=".count).trimmingCharacters(in: ["\""])
        guard (1...70).contains(boundary.utf8.count) else { throw .notMultipart }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // No line end precedes the first delimiter, so supply it.
        buffer = Array("\r\n".utf8)
    }

    /// Parses the next bytes and passes each event to the closure.
    mutating func take(_ bytes: some Collection<UInt8>, _ each: (Event) throws -> Void) throws {
        buffer.append(contentsOf: bytes)
        var position = 0
        while try step(&position, each) {}
        buffer.removeFirst(position)
    }

    /// Checks that the form is complete.
    ///
    /// - Throws: ``Malformed/truncated`` if it is not.
    func finish() throws(Malformed) {
        guard state == .end else { throw .truncated }
    }

    /// Parses one element of the buffer.
    ///
    /// - Returns: whether the buffer may hold another element.
    private mutating func step(_ position: inout Int, _ each: (Event) throws -> Void) throws -> Bool {
        switch state {
        case .end:
            guard buffer[position...].allSatisfy({ Self.blanks.contains($0) }) else { throw Malformed.trailingData }
            position = buffer.count
            return false
        case .preamble, .body:
            let isBody = state == .body
            let found = find(delimiter, from: position)
            // Keep bytes that may begin a delimiter until the rest arrives.
            let end = found ?? max(position, buffer.count - delimiter.count + 1)
            if isBody, end > position { try each(.bytes(buffer[position..<end])) }
            position = end
            guard found != nil else { return false }
            position += delimiter.count
            state = .delimiter
            if isBody { try each(.fieldEnd) }
            return true
        case .delimiter:
            guard buffer.count - position >= 2 else { return false }
            let next = buffer[position..<position + 2]
            if next.elementsEqual("--".utf8) {
                position += 2
                state = .end
                return true
            }
            // Spaces may follow a delimiter.
            if next.first == 32 || next.first == 9 {
                position += 1
                return true
            }
            guard next.elementsEqual("\r\n".utf8) else { throw Malformed.badHeaders }
            // Keep the line end: if there are no headers, it is the first of the two that end them.
            state = .headers
            return true
        case .headers:
            guard let end = find(Array("\r\n\r\n".utf8), from: position) else {
                if buffer.count - position > Self.longestHeaders { throw Malformed.badHeaders }
                return false
            }
            guard end - position <= Self.longestHeaders else { throw Malformed.badHeaders }
            try each(Self.field(String(decoding: buffer[position..<end], as: UTF8.self)))
            position = end + 4
            state = .body
            return true
        }
    }

    private static func field(_ headers: String) throws(Malformed) -> Event {
        for line in headers.split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "content-disposition" else { continue }
            guard let name = parameter("name", of: parts[1]) else { throw .badHeaders }
            return .field(name: name, fileName: parameter("filename", of: parts[1]))
        }
        throw .badHeaders
    }

    /// Returns a parameter of a header. Browsers escape only `"` in a name, as `%22` (HTML, multipart/form-data
    /// encoding).
    private static func parameter(_ name: String, of header: Substring) -> String? {
        guard let start = header.range(of: "; \(name)=\"")?.upperBound ?? header.range(of: ";\(name)=\"")?.upperBound,
            let end = header[start...].firstIndex(of: "\"")
        else { return nil }
        return header[start..<end].replacingOccurrences(of: "%22", with: "\"")
    }

    /// Returns the first position of a pattern that begins with a carriage return. Carriage returns are rare, so
    /// `memchr` finds the candidates fast.
    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        unsafe buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var position = start
            while position + pattern.count <= bytes.count {
                guard let hit = unsafe memchr(base + position, 13, bytes.count - position - pattern.count + 1) else {
                    return nil
                }
                position = unsafe UnsafeRawPointer(hit) - base
                if unsafe memcmp(base + position, pattern, pattern.count) == 0 { return position }
                position += 1
            }
            return nil
        }
    }
}
