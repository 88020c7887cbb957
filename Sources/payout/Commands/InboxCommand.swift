import ArgumentParser
import Foundation
import Operations
import PayoutFiles
import Payouts
import ProgramSettings
import Reports

struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: "Pays every complete file of a folder once, and moves it to done/ or rejected/. For cron.",
        discussion: """
            A file stays in waiting/ until it is paid. It may wait for an approval, for the bank, or for the next day's limit; \
            the next round continues with it. The command prints one line for each file. It ends with the worst exit code.
            """)

    @Argument(help: "The folder.")
    var folder: String

    @OptionGroup var acceptance: AcceptanceOptions

    @Option(help: "Seconds since the last change after which a file counts as complete.")
    var settle = 10

    @OptionGroup var options: LedgerOptions

    func validate() throws {
        guard settle >= 0 else { throw ValidationError("--settle must not be negative") }
    }

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings(acceptance.settings))
            try program.settings.demandReach(of: folder)
            if !program.settings.isSandboxed { _ = try program.settings.bank() }
            let (console, context) = (program.console, program.context)
            let text = InboxText(context.report(in: console.language))
            let inbox = Inbox(
                context, folder: try InboxFolder(folder), acceptsWarnings: acceptance.acceptWarnings,
                settling: TimeInterval(settle)
            ) { text.explanation(of: $0, width: console.tableWidth) }
            let round = try await inbox.round()
            let document = try InboxDocument(round, InboxText(context.report(in: .en)))
            console.result(options.json ? try JSONText.of(document) : try text.text(of: round))
            for entry in round.entries {
                guard let detail = text.detail(of: entry) else { continue }
                console.say("\(entry.file): \(console.words("forAdministrator", ["detail": detail]))".onOneLine)
            }
            return document.status
        }
    }
}
