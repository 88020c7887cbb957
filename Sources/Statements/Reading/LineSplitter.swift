/// Cuts a text that comes in pieces into its lines.
struct LineSplitter {
    static let longestLine = 1 << 16

    /// Counts lines from one.
    private(set) var place = 0
    private var held: [UInt8] = []
    private var skipsLineFeed = false

    /// A line that is longer than a line can be.
    struct TooLong: Error {
        let place: Int
    }

    mutating func take(_ piece: [UInt8], _ each: (ArraySlice<UInt8>, Int) throws -> Void) throws {
        var start = 0
        var index = 0
        if skipsLineFeed, piece.first == 10 {
            start = 1
            index = 1
        }
        if !piece.isEmpty { skipsLineFeed = false }
        let bytes = piece.span
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 10 || byte == 13 else {
                index += 1
                continue
            }
            try hand(piece[start..<index], each)
            index += 1
            if byte == 13 {
                if index < bytes.count {
                    if bytes[index] == 10 { index += 1 }
                } else {
                    skipsLineFeed = true
                }
            }
            start = index
        }
        held.append(contentsOf: piece[start...])
        if held.count > Self.longestLine { throw TooLong(place: place + 1) }
    }

    /// Hands out a last line without an end.
    mutating func finish(_ each: (ArraySlice<UInt8>, Int) throws -> Void) throws {
        if !held.isEmpty { try hand([], each) }
    }

    private mutating func hand(_ end: ArraySlice<UInt8>, _ each: (ArraySlice<UInt8>, Int) throws -> Void) throws {
        place += 1
        guard held.count + end.count <= Self.longestLine else { throw TooLong(place: place) }
        if held.isEmpty { return try each(end, place) }
        held.append(contentsOf: end)
        let line = held[...]
        held = []
        try each(line, place)
    }
}
