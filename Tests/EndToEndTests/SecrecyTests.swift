import Fixtures
import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite(.oneAtATime) struct SecrecyTests {
    @Test func noOutputOrFileShowsAFullCardPasswordOrToken() async throws {
        let folder = try TemporaryFolder()
        var program = Program(in: folder)
        let file = try PayoutCSV(rows: 150, in: folder, keyedByCards: true)
        let bankFolder = try TemporaryFolder()
        let bank = try await ServedSandbox(
            Program(in: bankFolder), "--faults",
            "close-after-debit=0.1,too-many-requests=0.1,cut-body=0.1,wrong-amount=0.05,token-expired=0.05"
        )
        program.environment.merge(bank.settings) { $1 }
        for _ in 1...3 { _ = try await program.run("run", file.path, "--yes", "--json", "--concurrency", "4") }
        _ = try await program.run("report", "payroll", "--format", "csv", "--json")
        _ = try await program.run("report", "payroll", "--format", "json")
        _ = try await program.run("status", "payroll", "--json")
        #expect(try bank.debits().count > 50)

        let secrets = file.cards + ["s3cret-Pa$$", "Bearer "] + (try await tokens())
        try FileManager.default.removeItem(atPath: file.path)
        let files = try #require(FileManager.default.enumerator(at: folder.url, includingPropertiesForKeys: nil))
        var looked = 0
        for case let url as URL in files {
            guard let bytes = FileManager.default.contents(atPath: url.path) else { continue }
            looked += 1
            let text = bytes + (try unzipped(url))
            for secret in secrets where text.range(of: Data(secret.utf8)) != nil {
                Issue.record("\(url.lastPathComponent) holds \(secret.prefix(8))…")
            }
        }
        #expect(looked > 10)
    }

    /// Another sandbox with the same seed issues the same tokens in the same order.
    private func tokens() async throws -> [String] {
        let twin = try await ServedSandbox(Program(in: TemporaryFolder()))
        var tokens: [String] = []
        for _ in 1...5 {
            var request = URLRequest(url: twin.baseURL.appendingPathComponent("api/ext/user/login"))
            request.httpMethod = "POST"
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
            request.httpBody = Data(#"{"username":"agent","password":"s3cret-Pa$$"}"#.utf8)
            let answer = try JSONSerialization.jsonObject(with: await URLSession.shared.data(for: request).0)
            let grant = try #require((answer as? [String: Any])?["result"] as? [String: Any])
            tokens += try ["access_token", "refresh_token"].map { try #require(grant[$0] as? String) }
        }
        return tokens
    }

    /// Returns the sheets of a report, which are compressed in the file.
    private func unzipped(_ url: URL) throws -> Data {
        guard url.pathExtension == "xlsx" else { return Data() }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nfor n in z.namelist(): sys.stdout.buffer.write(z.read(n))",
            url.path,
        ]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }
}
