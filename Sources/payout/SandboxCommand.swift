#if Sandbox
import ArgumentParser
import Foundation
import Sandbox

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Serves a bank on loopback that moves no money, until it is stopped.")

    @Option(help: "The port; 0 for any free one.")
    var port = 8800

    @Option(help: "Faults and how often, for example close-after-debit=0.02,http-503=0.01; docs/sandbox.md lists them.")
    var faults: String?

    @Option(help: "How many seconds the faults of time take, for example slow=90,late-debit=20,connection-refused=5.")
    var faultSeconds: String?

    @Option(help: "What the random faults follow from; the same seed hits the same payouts.")
    var seed: UInt64 = 1

    @Option(help: "Milliseconds before each answer to a payout.")
    var latency = 0

    @Option(help: "What a repeated agentTranId comes to: reject, replay or doubleDebit.")
    var repeats: RepeatRule = .reject

    @Option(help: "How many seconds a bill can be paid or held after its check.")
    var billSeconds = 120

    @Option(help: "How many seconds a code sent by SMS is good; GET /sandbox/sms shows what was sent.")
    var codeSeconds = 60

    @Option(help: "A file that keeps the payments, so that they are known after a restart.")
    var journal: String?

    func run() async throws {
        try await ending {
            guard (0...65535).contains(port), (0...600_000).contains(latency) else {
                throw Failure(.wrongUse, "--port must be from 0 to 65535, and --latency from 0 to 600000 milliseconds")
            }
            guard (1...86400).contains(billSeconds), (1...86400).contains(codeSeconds) else {
                throw Failure(.wrongUse, "--bill-seconds and --code-seconds must be from 1 to 86400")
            }
            var configuration = SandboxConfiguration()
            configuration.seed = seed
            configuration.repeats = repeats
            configuration.latency = .milliseconds(latency)
            configuration.billLifetime = .seconds(billSeconds)
            configuration.codeLifetime = .seconds(codeSeconds)
            configuration.journal = journal.map { URL(fileURLWithPath: $0) }
            do {
                if let faults { configuration.faults = try FaultPlan(parsing: faults) }
                if let faultSeconds { configuration.durations = try FaultDurations(parsing: faultSeconds) }
            } catch {
                throw Failure(.wrongUse, "\(error)")
            }
            let running = try await SandboxBank(configuration: configuration).start(port: port)
            Console.shared.result(
                "sandbox at \(running.baseURL.absoluteString), user \(configuration.username), password \(configuration.password)"
            )
            Console.shared.result(
                "may cancel payments: user \(configuration.supervisorUsername), password \(configuration.supervisorPassword)"
            )
            try await running.wait()
            return .everyRowPaid
        }
    }
}

extension RepeatRule: ExpressibleByArgument {}
#endif
