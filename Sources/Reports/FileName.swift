import Crypto
import Foundation

/// The name of a file that is named after a batch or another file. Linux allows 255 bytes, and a Cyrillic letter takes
/// two. A longer name is cut after a whole letter and gets a digest of the full name. So two names with the same
/// beginning stay different.
package struct FileName: Hashable, Sendable, CustomStringConvertible {
    /// The largest number of bytes. It is less than 255, because the file has a longer name while it is written.
    private static let longestInBytes = 240
    private static let longestEndingInBytes = 32

    package let description: String

    /// Makes a name.
    /// - Parameter ending: the extension, such as `.xlsx`. It is never cut.
    package init(_ stem: String, _ ending: String) {
        let room = Self.longestInBytes - ending.utf8.count
        guard stem.utf8.count > room else {
            description = stem + ending
            return
        }
        let digest = "-" + SHA256.hash(data: Data(stem.utf8)).prefix(6).map(Self.hex).joined()
        var head = ""
        for letter in stem {
            guard head.utf8.count + letter.utf8.count + digest.utf8.count <= room else { break }
            head.append(letter)
        }
        description = head + digest + ending
    }

    /// Shortens a file name if necessary, and keeps its extension.
    package init(_ name: String) {
        let (stem, ending) = Self.parts(of: name)
        self.init(stem, ending)
    }

    /// Splits a name into the stem and the extension with its dot. An extension that is too long counts as part of the
    /// stem.
    package static func parts(of name: String) -> (stem: String, ending: String) {
        let url = URL(fileURLWithPath: name)
        let ending = url.pathExtension.isEmpty ? "" : "." + url.pathExtension
        guard ending.utf8.count <= longestEndingInBytes else { return (name, "") }
        return (url.deletingPathExtension().lastPathComponent, ending)
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
