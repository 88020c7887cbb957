import ArgumentParser
import Logging
import ProgramSettings

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Shows the settings.", subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows every setting, its value and the source of the value. Never shows a password.")

        @OptionGroup var options: LedgerOptions

        func run() async throws {
            try await runCommand {
                let settings = try options.settings()
                let console = Console.shared
                console.result(
                    options.json
                        ? try JSONText.of(Document(settings: settings.shown))
                        : settings.shown.map { "\($0.key): \($0.line)" }.joined(separator: "\n"))
                for variable in settings.strayVariables {
                    console.say("warning: \(variable) names no setting, and has no effect", level: .warning)
                }
                return .everyRowPaid
            }
        }
    }

    private struct Document: Encodable {
        let settings: [Settings.Shown]
    }
}
