/// A zip archive without compression.
package enum StoredZip {
    package static func bytes(of parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let name = Array(part.name.utf8)
            var common = shorts(20, 0, 0, 0, 0)
            common += longs(checksum(part.bytes), UInt32(part.bytes.count), UInt32(part.bytes.count))
            common += shorts(UInt16(name.count), 0)
            directory += longs(0x0201_4B50) + shorts(20) + common
            directory += shorts(0, 0, 0) + longs(0, UInt32(archive.count)) + name
            archive += longs(0x0403_4B50) + common + name + part.bytes
        }
        let count = UInt16(parts.count)
        let end = longs(0x0605_4B50) + shorts(0, 0, count, count)
        return archive + directory + end + longs(UInt32(directory.count), UInt32(archive.count)) + shorts(0)
    }

    private static func shorts(_ numbers: UInt16...) -> [UInt8] {
        numbers.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }

    private static func longs(_ numbers: UInt32...) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in bytes { sum = sum >> 8 ^ checksums[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
        return ~sum
    }

    private static let checksums = (UInt32(0)..<256).map { byte in
        var sum = byte
        for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        return sum
    }
}
