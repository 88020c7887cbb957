import ArgumentParser
import Foundation
import Operations

struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: "For cron: pays every complete file of a folder once, and moves it to done/ or rejected/.",
        discussion: """
            A taken file lies in waiting/ until it is paid: it may wait for an approval, for the bank, or for another day's \
            limit, and the next round goes on with it. Ends with one line for each file, and the worst exit code.
            """)

    @Argument(help: "The folder.")
    var folder: String

    @Flag(help: "Pay files with warnings too; that is put on the record.")
    var acceptWarnings = false

    @Option(help: "Seconds for which a file must not have been changed to count as complete.")
    var settle = 10

    @OptionGroup var options: LedgerOptions

    func validate() throws {
        guard settle >= 0 else { throw ValidationError("--settle must not be negative") }
    }

    func run() async throws {
        try await runCommand {
            let program = Composition(try await options.settings())
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
