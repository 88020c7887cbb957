import Crypto
import Foundation

/// The name of a file that is called after something else, such as a batch or another file. Linux takes 255 bytes, and a
/// Cyrillic letter has two: a longer name is cut behind a whole letter, and a digest of all of it follows, so that two
/// names that begin alike stay apart.
package struct FileName: Hashable, Sendable, CustomStringConvertible {
    /// Leaves room for what is put around a name while the file is written.
    private static let longestInBytes = 240
    private static let longestEndingInBytes = 32

    package let description: String

    /// - Parameter ending: is never cut: `.xlsx`
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

    /// Cuts a whole name where it must, and keeps its extension.
    package init(_ name: String) {
        let (stem, ending) = Self.parts(of: name)
        self.init(stem, ending)
    }

    /// Takes a name apart: the stem, and the extension with its dot. An overlong extension is none.
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
