/// The character encoding of a payout file.
package enum FileEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf8WithMark = "UTF-8 (BOM)"
    case utf16LittleEndian = "UTF-16 LE"
    case utf16BigEndian = "UTF-16 BE"
    /// The encoding of plain CSV from Excel on Russian Windows.
    case windows1251 = "Windows-1251"
    /// Programs of MS-DOS write it.
    case cp866 = "CP866"
    case koi8R = "KOI8-R"
    case macCyrillic = "Mac Cyrillic"

    /// Finds the encoding by the byte order mark at the beginning of a file. Returns `nil` without a mark.
    init?(markOf head: some Collection<UInt8>) {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8WithMark
        } else if head.starts(with: [0xFF, 0xFE]) {
            self = .utf16LittleEndian
        } else if head.starts(with: [0xFE, 0xFF]) {
            self = .utf16BigEndian
        } else {
            return nil
        }
    }

    var markLength: Int {
        switch self {
        case .utf8, .windows1251, .cp866, .koi8R, .macCyrillic: 0
        case .utf8WithMark: 3
        case .utf16LittleEndian, .utf16BigEndian: 2
        }
    }
}
