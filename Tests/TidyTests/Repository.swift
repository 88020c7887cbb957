import Fixtures
import Foundation

/// The files of this package.
enum Repository {
    /// Returns the Swift files below a folder.
    static func sources(in folder: String) throws -> [Source] {
        let folder = Checkout.file(folder)
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
            .map { path in
                Source(
                    path: path, text: try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8))
            }
    }

    struct Source {
        /// Below the folder that was asked for.
        let path: String
        let text: String

        var name: String { path.split(separator: "/").last.map(String.init) ?? path }

        /// The modules that it imports, at any access level.
        var imports: [String] {
            text.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ", maxSplits: 5)
                guard words.count <= 4, words.dropLast().last == "import", words[0] != "///" else { return nil }
                return String(words[words.count - 1])
            }
        }
    }
}
