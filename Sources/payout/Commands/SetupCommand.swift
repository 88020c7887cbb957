#if Desk
import ArgumentParser
import Installation

struct SetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Asks for the bank and the people, tests the answers, writes the settings and starts the services.",
        discussion: """
            Run it as root after the installation, and again to change something: an empty answer keeps the value in \
            brackets. Without a terminal it reads the answers from standard input, one a line. With --config it writes that \
            file, and starts no service.
            """)

    @Flag(help: "Set up a trial with a built-in bank that moves no money.")
    var sandbox = false

    @OptionGroup var config: ConfigOptions

    func run() async throws {
        try await runCommand {
            let console = Console.shared
            var setup = Setup(
                file: config.config, isSandboxed: sandbox, dialogue: console.dialogue, random: DeskCommand.random
            ) { settings in
                var diagnosis = Diagnosis(Composition(settings))
                await diagnosis.addBank()
                return diagnosis
            }
            console.result(try await setup.run())
            return .everyRowPaid
        }
    }
}
#endif
