import ArgumentParser
import Foundation
import Operations
import PayoutFiles
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

    @Flag(help: "Pay files with warnings too. The ledger records this.")
    var acceptWarnings = false

    @Option(help: "Seconds since the last change after which a file counts as complete.")
    var settle = 10

    @OptionGroup var options: LedgerOptions

    func validate() throws {
        guard settle >= 0 else { throw ValidationError("--settle must not be negative") }
    }

    func run() async throws {
        try await runCommand {
            let program = Composition(try await options.settings())
            try program.settings.demandReach(of: folder)
            if !program.settings.isSandboxed { _ = try program.settings.bank() }
            let (console, context) = (program.console, program.context)
            let nameOfBank = context.report(in: program.settings.language).name(ofBank:)
            let inbox = Inbox(
                context, folder: try InboxFolder(folder), acceptsWarnings: acceptWarnings,
                settling: TimeInterval(settle)
            ) { rejection in
                var text = rejection.reason.text(console, nameOfBank)
                if let file = rejection.checked?.file {
                    text += "\n\n" + TotalsText(of: file).text + "\n" + console.text(of: file.log)
                }
                return text
            }
            let document = try InboxDocument(await inbox.round(), console, nameOfBank: nameOfBank)
            console.result(options.json ? try JSONText.of(document) : document.text)
            return document.status
        }
    }
}
