#if Sandbox
import ArgumentParser
import Foundation
import ProgramSettings
import Sandbox

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Serves a practice bank on loopback, which moves no money, until it is stopped.")

    @Option(help: "The port; 0 for any free one.")
    var port = 8800

    @Option(
        help: "Faults with their rates, for example close-after-debit=0.02,http-503=0.01; docs/sandbox.md lists them.")
    var faults: String?

    @Option(help: "The seconds that timed faults last, for example slow=90,late-debit=20,connection-refused=5.")
    var faultSeconds: String?

    @Option(help: "The seed of the random faults; the same seed hits the same payouts.")
    var seed: UInt64 = 1

    @Option(help: "Milliseconds before each answer to a payout.")
    var latency = 0

    @Option(help: "How the bank treats a repeated agentTranId: reject, replay or doubleDebit.")
    var repeats: RepeatRule = .reject

    @Option(help: "The seconds after its check in which a bill can be paid or held.")
    var billSeconds = 120

    @Option(help: "The seconds for which an SMS code is valid; GET /sandbox/sms shows the messages.")
    var codeSeconds = 60

    @Option(help: "The sender's commission, in ten-thousandths of a payout.")
    var commission: Int64 = 0

    @Option(help: "A file that keeps the payments over a restart.")
    var journal: String?

    func run() async throws {
        try await runCommand {
            if let journal { try Settings(options: [:]).demandReach(of: journal) }
            guard (0...65535).contains(port), (0...600_000).contains(latency) else {
                throw CommandError(
                    .wrongUse, "--port must be from 0 to 65535, and --latency from 0 to 600000 milliseconds")
            }
            guard (1...86400).contains(billSeconds), (1...86400).contains(codeSeconds) else {
                throw CommandError(.wrongUse, "--bill-seconds and --code-seconds must be from 1 to 86400")
            }
            guard (0...10_000).contains(commission) else {
                throw CommandError(.wrongUse, "--commission must be from 0 to 10000")
            }
            var configuration = SandboxConfiguration()
            configuration.commissionInTenThousandths = commission
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
                throw CommandError(.wrongUse, "\(error)")
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
