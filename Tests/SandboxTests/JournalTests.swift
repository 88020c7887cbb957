import Foundation
import Sandbox
import Testing

@Suite struct JournalTests {
    private func withJournal(_ test: String = #function, _ body: (URL) async throws -> Void) async throws {
        let name = "sandbox-\(ProcessInfo.processInfo.processIdentifier)-\(test.prefix { $0 != "(" }).jsonl"
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        defer { do { try FileManager.default.removeItem(at: url) } catch { Issue.record(error) } }
        try await body(url)
    }

    private func card(_ number: Int) throws -> String {
        try #require(TestCard.all.first { $0.number == number }).pan()
    }

    @Test func knowsItsPaymentsAfterARestart() async throws {
        try await withJournal { url in
            var before: [String] = []
            try await withSandbox {
                $0.journal = url
            } serving: { customer in
                _ = try await customer.pay(1)
                _ = try await customer.pay(2, pan: try card(1))
                _ = try await customer.pay(3, pan: try card(41))
                _ = try await customer.pay(4, pan: try card(12))
                for id in [Int64(1), 2, 4] { before.append(try #require(try await customer.status(of: id)).text) }
            }
            try await withSandbox {
                $0.journal = url
                $0.startingBalanceTiyin = 40_000
            } serving: { customer in
                var after: [String] = []
                for id in [Int64(1), 2, 4] { after.append(try #require(try await customer.status(of: id)).text) }
                #expect(after == before)
                #expect(customer.bank.debits.map(\.agentTranId) == [1, 3, 4])
                #expect(customer.bank.debits.allSatisfy { $0.pan == nil })
                // The ids, the balance and the receipt numbers survive the restart.
                #expect(try await customer.pay(1)?.detail == "invalid_params")
                #expect(try await customer.pay(5, amount: 2_501)?.detail == "insufficient_funds_on_deposit")
                #expect(try await customer.pay(6, amount: 2_500)?.status == 200)
                #expect(Set(customer.bank.debits.map(\.bmId)).count == 4)
            }
        }
    }

    @Test func isItsOwnersAlone() async throws {
        try await withJournal { url in
            try await withSandbox {
                $0.journal = url
            } serving: { customer in
                _ = try await customer.pay(1)
            }
            let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func keepsCountingTheAskings() async throws {
        try await withJournal { url in
            var seen: [String?] = []
            for _ in 0..<2 {
                try await withSandbox {
                    $0.journal = url
                } serving: { customer in
                    if seen.isEmpty { _ = try await customer.pay(1, pan: try card(41)) }
                    for _ in 0..<2 { seen.append(try await customer.status(of: 1)?.json["status"] as? String) }
                    #expect(customer.bank.debits(of: 1).count == 1)
                }
            }
            #expect(seen == ["PAYING", "PAYING", "PAYING", "SUCCESS"])
        }
    }

    @Test func countsBothDebitsOfADoubleDebit() async throws {
        try await withJournal { url in
            for _ in 0..<2 {
                try await withSandbox {
                    $0.journal = url
                    $0.repeats = .doubleDebit
                } serving: {
                    _ = try await $0.pay(1)
                }
            }
            let bank = try SandboxBank(configuration: configuration(url))
            #expect(bank.debits(of: 1).count == 2)
        }
    }

    @Test func aTornLastLineIsDropped() async throws {
        try await withJournal { url in
            try await withSandbox {
                $0.journal = url
            } serving: { customer in
                _ = try await customer.pay(1)
                _ = try await customer.pay(2)
            }
            let whole = try Data(contentsOf: url)
            try whole.dropLast(20).write(to: url)
            try await withSandbox {
                $0.journal = url
            } serving: { customer in
                #expect(customer.bank.debits.map(\.agentTranId) == [1])
                _ = try await customer.pay(3)
            }
            #expect(try SandboxBank(configuration: configuration(url)).debits.map(\.agentTranId) == [1, 3])
        }
    }

    @Test func holdsNoCardInFull() async throws {
        try await withJournal { url in
            try await withSandbox {
                $0.journal = url
            } serving: { customer in
                _ = try await customer.pay(1)
                let text = try String(contentsOf: url, encoding: .utf8)
                #expect(text.contains("860006******6311"))
                #expect(!text.contains(Customer.plainPan))
                #expect(!text.contains(customer.token))
            }
        }
    }

    @Test func aJournalThatIsNotOneIsRefused() async throws {
        try await withJournal { url in
            try Data("account,mfo\n".utf8).write(to: url)
            #expect(throws: (any Error).self) { try SandboxBank(configuration: configuration(url)) }
        }
    }

    private func configuration(_ journal: URL) -> SandboxConfiguration {
        var configuration = SandboxConfiguration()
        configuration.journal = journal
        return configuration
    }
}
