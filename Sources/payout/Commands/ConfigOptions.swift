import ArgumentParser
import ProgramSettings

/// The option of every command that reads settings.
struct ConfigOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The settings file.",
            discussion: """
                Default: payout.yaml in this folder, then ~/.config/payout/payout.yaml, then /etc/payout/payout.yaml. The \
                first file that has a setting counts.
                """))
    var config: String?

    func settings(_ given: [Setting: String], isSandboxed: Bool = false) throws -> Settings {
        try Settings(options: given, file: config, isSandboxed: isSandboxed)
    }
}
