import AnorBank
import ArgumentParser
import Operations
import ProgramSettings

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Checks everything that a run needs: settings, key, ledger, disk, bank, clock. Pays and changes nothing.")

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try await options.settings())
            let diagnosis = await diagnosis(of: program)
            program.console.result(options.json ? try JSONText.of(diagnosis) : diagnosis.text)
            return diagnosis.status
        }
    }

    private func diagnosis(of program: Composition) async -> Diagnosis {
        let settings = program.settings
        var diagnosis = Diagnosis()
        for (key, value) in settings.shown { diagnosis.ok(key, value) }
        diagnosis.ok("person", program.context.person)
        let check = HealthCheck(program.context)
        for finding in check.machine(secrets: settings.secretFiles) { diagnosis.add(finding, program) }
        guard !settings.isSandboxed else {
            diagnosis.ok("bank", "the built-in practice bank: no money is moved")
            return diagnosis
        }
        do {
            let bank = try settings.bank()
            if bank.address.isExposed {
                diagnosis.warn(
                    "bank",
                    "\(bank.address.identity) is plain http: others on the network can read cards and the password; use https"
                )
            }
            let clock = BankClock(bank: bank, timeout: settings.requestTimeout)
            for finding in await check.bank(readClock: clock.read) { diagnosis.add(finding, program, bank: bank) }
        } catch {
            diagnosis.fault("bank", .configuration, program.console.text(of: error))
        }
        return diagnosis
    }
}
