import ArgumentParser
import PayoutFiles

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a payout file. Nothing is stored or sent.")

    @Argument(help: "The payout file.")
    var file: String

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let file = try services.read(file)
            if options.json {
                services.console.result(try JSONText.of(FileDocument(file, language: services.settings.language)))
            } else {
                services.tellTotals(of: file)
            }
            services.tellFindings(of: file)
            return file.isPayable ? .everyRowPaid : .invalidFile
        }
    }
}
