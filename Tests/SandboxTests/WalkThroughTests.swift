import Fixtures
import Foundation
import Sandbox
import Testing

/// Runs the walk-through of docs/sandbox.md in a shell, with curl, over HTTP.
@Suite struct WalkThroughTests {
    @Test func theWalkThroughOfTheDocumentGivesTheDocumentedOutput() async throws {
        let page = Checkout.file("docs/sandbox.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let walk = try #require(
            text.components(separatedBy: "```sh\n").dropFirst().first?.components(separatedBy: "```").first)
        try await withSandbox { customer in
            let output = try await run(walk, bank: "http://127.0.0.1:\(customer.client.port)")
            let bills = customer.bank.bills
            #expect(bills.map(\.agentTranId) == ["order-17", "order-18"], "\(output)")
            #expect(bills.map(\.status) == ["SUCCESS", "CANCELLED"], "\(output)")
            #expect(
                bills.map(\.money) == [
                    BillMoney(paidTiyin: 1150, returnedTiyin: 50), BillMoney(returnedTiyin: 500),
                ], "\(output)")
            #expect(output.contains(#""pan":"860006*****6311""#) && output.contains("object_locked"), "\(output)")
            #expect(customer.bank.requests.last?.outcome == "CANCELLED")
        }
    }

    /// Runs the script on its own thread: waiting would block a thread of the bank's tasks.
    private func run(_ script: String, bank: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let shell = Process()
                        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
                        shell.arguments = ["-eu", "-c", script]
                        shell.environment = ProcessInfo.processInfo.environment.merging(["BANK": bank]) { $1 }
                        let pipe = Pipe()
                        (shell.standardOutput, shell.standardError) = (pipe, pipe)
                        try shell.run()
                        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
                        shell.waitUntilExit()
                        return String(decoding: output, as: UTF8.self) + "\nended with \(shell.terminationStatus)"
                    })
            }
        }
    }
}
