import PayoutFiles

/// How the letters of 1C's text exchange are written as bytes.
enum TextEncoding: CaseIterable {
    case utf8
    /// The code page of Russian Windows.
    case windows1251
    /// The code page of Russian DOS, which 1C calls `DOS`.
    case cp866

    /// Appends bytes of this encoding as UTF-8.
    func append(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
        guard let letters else { return text.append(contentsOf: bytes) }
        for byte in bytes {
            if byte < 0x80 { text.append(byte) } else { text.append(contentsOf: letters[Int(byte) - 0x80]) }
        }
    }

    func encode(_ text: String) -> [UInt8] {
        guard let letters else { return Array(text.utf8) }
        return text.unicodeScalars.flatMap { scalar -> [UInt8] in
            if scalar.isASCII { return [UInt8(scalar.value)] }
            let bytes = Array(String(scalar).utf8)
            return [letters.firstIndex(of: bytes).map { UInt8($0 + 0x80) } ?? UInt8(ascii: "?")]
        }
    }

    private var letters: [[UInt8]]? {
        switch self {
        case .utf8: nil
        case .windows1251: Self.lettersOf1251
        case .cp866: Self.lettersOf866
        }
    }

    private static let lettersOf1251 = Windows1251.letters.map { Array(String($0).utf8) }

    private static let lettersOf866: [[UInt8]] = {
        let frames = "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
        let rest = "ЁёЄєЇїЎў°∙·√№¤■\u{A0}"
        let scalars =
            (0x410...0x43F).compactMap(Unicode.Scalar.init) + Array(frames.unicodeScalars)
            + (0x440...0x44F).compactMap(Unicode.Scalar.init) + Array(rest.unicodeScalars)
        return scalars.map { Array(String($0).utf8) }
    }()
}
