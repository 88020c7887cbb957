/// The code page of Russian Windows.
package enum Windows1251 {
    static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text.append(contentsOf: Self.bytes[Int(byte) - 0x80])
            }
        }
        return text
    }

    /// The letters of the bytes from 0x80 on. 0x98 has no letter.
    package static let letters: [Unicode.Scalar] = {
        let signs =
            "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
        let alphabet = (0x410...0x44F).compactMap(Unicode.Scalar.init)
        return Array(signs.unicodeScalars) + alphabet
    }()

    private static let bytes = letters.map { Array($0.utf8) }
}
