import Fixtures
import Foundation

/// The package as SwiftPM reads it.
struct Manifest: Decodable {
    let targets: [Target]

    /// Reads with a build folder of its own: the run of the tests may hold the lock of the usual one.
    static func read() throws -> Manifest {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("payout-\(UUID().uuidString)")
        let swift = Process()
        let output = Pipe()
        swift.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        swift.arguments = [
            "swift", "package", "--package-path", Checkout.root.path, "--scratch-path", scratch.path, "dump-package",
        ]
        swift.standardOutput = output
        try swift.run()
        let json = output.fileHandleForReading.readDataToEndOfFile()
        swift.waitUntilExit()
        if FileManager.default.fileExists(atPath: scratch.path) { try FileManager.default.removeItem(at: scratch) }
        return try JSONDecoder().decode(Manifest.self, from: json)
    }
}

extension Manifest {
    struct Target: Decodable {
        let name: String
        let type: String
        private let path: String?
        private let dependencies: [Dependency]

        var isTest: Bool { type == "test" }
        /// Whether it is in `Sources`, and is not a tool of the tests.
        var isShipped: Bool { !isTest && path == nil }
        /// The names of all modules that it declares, targets and products.
        var declared: Set<String> { Set(dependencies.map(\.name)) }

        var folder: String { path ?? (isTest ? "Tests/" : "Sources/") + name }
    }

    /// `{"byName": ["Payouts", null]}` or `{"product": ["Crypto", "swift-crypto", null, null]}`.
    private struct Dependency: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            let one = try decoder.singleValueContainer().decode([String: [Part]].self)
            guard let name = one.values.first?.first?.text else {
                throw DecodingError.valueNotFound(
                    String.self, .init(codingPath: decoder.codingPath, debugDescription: "a dependency without a name"))
            }
            self.name = name
        }
    }

    private struct Part: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            // An object is a condition. These tests need none.
            do { text = try container.decode(String.self) } catch { text = nil }
        }
    }
}
