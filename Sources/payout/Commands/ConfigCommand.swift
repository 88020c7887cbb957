import ArgumentParser
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
                return .everyRowPaid
            }
        }
    }

    private struct Document: Encodable {
        let settings: [Settings.Shown]
    }
}
