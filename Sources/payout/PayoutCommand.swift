import ArgumentParser
import CSQLiteMemory
import Logging
import PaymentValues

@main
struct PayoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payout",
        abstract: "Pays the cards in a payout file from the company's account at the bank: every row once.",
        discussion: """
            Exit codes: 0 every row paid · 10 some rows refused · 11 some rows unknown or in dispute · 64 wrong use · \
            65 invalid file · 66 no such file or batch · 69 bank unreachable · 73 report not written · 74 ledger trouble · \
            75 paused, run again · 77 not allowed · 78 configuration.
            """,
        version: Release.text,
        subcommands: subcommands)

    private static var subcommands: [any ParsableCommand.Type] {
        var subcommands: [any ParsableCommand.Type] = [
            CheckCommand.self, ImportCommand.self, ApproveCommand.self, RejectCommand.self, RunCommand.self,
            StatusCommand.self,
            ReconcileCommand.self, ReviewCommand.self, RerunCommand.self, ResolveCommand.self, WithdrawCommand.self,
            CancelCommand.self, ReportCommand.self, PersonCommand.self, StatementCommand.self, MonthCommand.self,
            InboxCommand.self,
            LedgerCommand.self, TemplateCommand.self, BankCommand.self, ConfigCommand.self, DoctorCommand.self,
        ]
        #if Sandbox
        subcommands.append(SandboxCommand.self)
        #endif
        #if Desk
        subcommands += [DeskCommand.self, DeskUserCommand.self, SetupCommand.self]
        #endif
        return subcommands
    }

    /// Runs the command like the default `main()`. In addition, it masks card numbers in parse errors and removes them
    /// from the process list.
    static func main() async {
        // Switch off SQLite's memory statistics, which lock at every allocation. This saves a tenth of SQLite's
        // instructions, and is possible only before its first use.
        _ = leave_sqlite_memory_uncounted()
        OwnProcess.protect()
        var command: any ParsableCommand
        do {
            command = try parseAsRoot()
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            Console.shared.say(maskingCardNumbers(in: fullMessage(for: error)), level: .error)
            exit(withError: ExitCode.validationFailure)
        }
        HiddenArguments.hide()
        do {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: error)
        }
    }
}
