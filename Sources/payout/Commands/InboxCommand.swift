import ArgumentParser
import Foundation

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
        try await ending {
            let services = Services(try await options.settings())
            if !services.settings.isSandboxed { _ = try services.settings.bank() }
            var round = try await Inbox(
                services: services, folder: InboxFolder(folder), acceptsWarnings: acceptWarnings,
                settling: TimeInterval(settle)
            ).round()
            round.ledgerPutRight = LedgerNotices.shared.document
            services.console.result(options.json ? try JSONText.of(round) : round.text)
            return round.status
        }
    }
}
