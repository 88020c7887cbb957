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
        text.append(contentsOf: codePage?.utf8(Array(bytes)) ?? Array(bytes))
    }

    func encode(_ text: String) -> [UInt8] {
        guard let codePage else { return Array(text.utf8) }
        return text.unicodeScalars.map { scalar in
            if scalar.isASCII { return UInt8(scalar.value) }
            return codePage.signs.firstIndex(of: scalar).map { UInt8($0 + 0x80) } ?? UInt8(ascii: "?")
        }
    }

    private var codePage: CodePage? {
        switch self {
        case .utf8: nil
        case .windows1251: CodePage[.windows1251]
        case .cp866: CodePage[.cp866]
        }
    }
}
