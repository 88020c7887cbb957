import ArgumentParser
import MerchantAPI
import Payouts
import ProgramSettings

/// The options of every `payout bank` command.
struct BankOptions: ParsableArguments {
    @OptionGroup var output: OutputOptions
    @OptionGroup var config: ConfigOptions

    /// Runs one bank method as a command.
    func running(_ method: String, _ work: (BankCall) async throws -> ExitStatus) async throws {
        try await runCommand {
            LogForm.begin(output.log)
            let program = Composition(try config.settings(output.lang.map { [.lang: $0.rawValue] } ?? [:]))
            return try await work(
                BankCall(method: method, program: program, bank: try program.settings.bank(), printsJSON: output.json))
        }
    }
}

/// The option of every command that moves money.
struct MoneyOptions: ParsableArguments {
    @Flag(help: "Move money without asking first.")
    var yes = false
}

/// The options of every command that changes a bill.
struct BillOptions: ParsableArguments {
    @Option(name: .customLong("bill-id"), help: "The bill's number.")
    var id: BillID

    @OptionGroup var money: MoneyOptions
}
