import ArgumentParser

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Looks at all that a run needs: settings, key, ledger, disk, bank, clock. Pays nothing, changes nothing.")

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let diagnosis = await Doctor(services: services).diagnose()
            services.console.result(options.json ? try JSONText.of(diagnosis) : diagnosis.text)
            return diagnosis.status
        }
    }
}
