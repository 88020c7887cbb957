import Foundation
import Payouts
import Reports

/// The name of a file in the inbox. Linux allows any bytes except the slash and NUL, so a name may not be text.
package struct InboxName: Hashable, Comparable, Sendable {
    /// The longest name that Linux allows.
    private static let longest = 255

    let bytes: [UInt8]

    init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The name in Unicode NFC, the form that the ledger uses. `nil` if the bytes are not UTF-8.
    var text: String? { String(validating: bytes, as: UTF8.self)?.precomposedStringWithCanonicalMapping }

    /// The same name in Unicode NFC. A name that is not UTF-8 stays as it is.
    var normalized: InboxName { text.map(InboxName.init) ?? self }

    /// The name for people: on one line, and as readable as possible.
    package var shown: String {
        if let text { return text.showingAll }
        let escaped = bytes.map { byte in
            (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
        }.joined()
        return guess.map { "\(escaped) (“\($0)”?)" } ?? escaped
    }

    /// The name for a file that explains this one.
    var readable: String {
        let name = text ?? guess ?? String(decoding: bytes, as: UTF8.self)
        return String(String.UnicodeScalarView(name.unicodeScalars.map { $0.isVisible ? $0 : "_" }))
    }

    var isHidden: Bool { bytes.first == UInt8(ascii: ".") }

    /// Returns the name with a number before its extension: `payroll (2).csv`.
    func numbered(_ number: Int) -> InboxName {
        if let text {
            let (stem, ending) = FileName.parts(of: text)
            return InboxName(FileName(stem, " (\(number))\(ending)").description)
        }
        let dot = bytes.lastIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
        let tail = Array(" (\(number))".utf8) + bytes[dot...].prefix(32)
        return InboxName(bytes: bytes[..<dot].prefix(Self.longest - tail.count) + tail)
    }

    package static func < (left: InboxName, right: InboxName) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// The name in the form that system calls take.
    var cString: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
}

extension InboxName {
    /// The name, decoded with the Cyrillic code page that it seems to have. Old programs write and unpack such names.
    private var guess: String? {
        let foreign = bytes.filter { $0 >= 0x80 }
        for letters in [Self.windows1251, Self.codePage866] where foreign.allSatisfy({ letters[$0] != nil }) {
            return String(String.UnicodeScalarView(bytes.map { letters[$0] ?? UnicodeScalar($0) })).showingAll
        }
        return nil
    }

    private static let windows1251 = letters([0xC0..<0x100: 0x410], [0xA8: 0x401, 0xB8: 0x451])
    private static let codePage866 = letters(
        [0x80..<0xB0: 0x410, 0xE0..<0xF0: 0x440], [0xF0: 0x401, 0xF1: 0x451])

    private static func letters(_ stretches: [Range<UInt16>: UInt32], _ more: [UInt8: UInt32]) -> [UInt8: UnicodeScalar]
    {
        var letters = more.compactMapValues(UnicodeScalar.init)
        for (stretch, first) in stretches {
            for byte in stretch {
                letters[UInt8(byte)] = UnicodeScalar(first + UInt32(byte - stretch.lowerBound))
            }
        }
        return letters
    }
}
