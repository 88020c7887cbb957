import Foundation

/// Takes a form with a file apart as it comes (RFC 7578), holding no more of it than one piece. The one of ours: no package
/// for it is to be had here that reads in pieces.
struct MultipartReader {
    enum Event: Equatable {
        /// A field of the form begins.
        case field(name: String, fileName: String?)
        case bytes(ArraySlice<UInt8>)
        case fieldEnd
    }

    enum Malformed: Error, Equatable {
        case notMultipart
        /// Headers of a field that are too long, or cannot be read.
        case badHeaders
        /// The end did not come.
        case cut
        /// Something follows the end.
        case goesOn
    }

    private enum State {
        case preamble, delimiter, headers, body, end
    }

    private static let longestHeaders = 8192
    /// May stand behind the last delimiter.
    private static let blanks = Array("\r\n \t".utf8)

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var buffer: [UInt8]

    /// - Parameter contentType: as the request says it: `multipart/form-data; boundary=…`
    init(contentType: String) throws(Malformed) {
        let parameters = contentType.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parameters.first?.lowercased() == "multipart/form-data",
            let parameter = parameters.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { throw .notMultipart }
        let boundary = parameter.dropFirst("boundary=".count).trimmingCharacters(in: ["\""])
        guard (1...70).contains(boundary.utf8.count) else { throw .notMultipart }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first one has no line before it.
        buffer = Array("\r\n".utf8)
    }

    mutating func take(_ bytes: some Collection<UInt8>, _ each: (Event) throws -> Void) throws {
        buffer.append(contentsOf: bytes)
        var position = 0
        while try step(&position, each) {}
        buffer.removeFirst(position)
    }

    /// - Throws: ``Malformed/cut`` where the form is not whole.
    func finish() throws(Malformed) {
        guard state == .end else { throw .cut }
    }

    /// - Returns: whether there is more to do with what has come.
    private mutating func step(_ position: inout Int, _ each: (Event) throws -> Void) throws -> Bool {
        switch state {
        case .end:
            guard buffer[position...].allSatisfy({ Self.blanks.contains($0) }) else { throw Malformed.goesOn }
            position = buffer.count
            return false
        case .preamble, .body:
            let isBody = state == .body
            let found = find(delimiter, from: position)
            // What may be the beginning of a delimiter waits for the rest of it.
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
            // Spaces may stand behind a delimiter.
            if next.first == 32 || next.first == 9 {
                position += 1
                return true
            }
            guard next.elementsEqual("\r\n".utf8) else { throw Malformed.badHeaders }
            // The line's end stays: where there are no headers, it is the first of the two that end them.
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

    /// Browsers write `"` in a name as `%22`, and nothing else in another way (HTML, multipart/form-data encoding).
    private static func parameter(_ name: String, of header: Substring) -> String? {
        guard let start = header.range(of: "; \(name)=\"")?.upperBound ?? header.range(of: ";\(name)=\"")?.upperBound,
            let end = header[start...].firstIndex(of: "\"")
        else { return nil }
        return header[start..<end].replacingOccurrences(of: "%22", with: "\"")
    }

    /// Where a pattern that begins with a carriage return first stands. Carriage returns are few, and looked for as fast as the
    /// machine can.
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
