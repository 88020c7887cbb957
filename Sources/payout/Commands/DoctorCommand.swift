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
            let program = Composition(try options.settings())
            let diagnosis = await diagnosis(of: program)
            program.console.result(options.json ? try JSONText.of(diagnosis) : diagnosis.text)
            return diagnosis.status
        }
    }

    private func diagnosis(of program: Composition) async -> Diagnosis {
        let settings = program.settings
        var diagnosis = Diagnosis()
        for setting in settings.shown where setting.value != nil { diagnosis.ok(setting.key, setting.line) }
        diagnosis.ok("person", program.context.person)
        let check = HealthCheck(program.context)
        for finding in check.machine(secrets: settings.secretFiles) { diagnosis.add(finding, program) }
        diagnosis.addLedgerFiles(settings)
        #if Desk
        diagnosis.addDesk(settings, now: Composition.wallClock())
        #endif
        guard !settings.isSandboxed else {
            diagnosis.ok("bank", "the built-in practice bank: no money is moved")
            return diagnosis
        }
        await diagnosis.addBank(of: program)
        return diagnosis
    }
}

extension Diagnosis {
    /// Logs in to the bank, and compares the clocks.
    mutating func addBank(of program: Composition) async {
        do {
            let bank = try program.settings.bank()
            if bank.address.isExposed {
                warn(
                    "bank",
                    "\(bank.address.identity) is plain http: others on the network can read cards and the password; use https"
                )
            }
            let clock = BankClock(bank: bank, timeout: program.settings.requestTimeout)
            let check = HealthCheck(program.context)
            for finding in await check.bank(readClock: clock.read) { add(finding, program, bank: bank) }
        } catch {
            fault("bank", .configuration, program.console.text(of: error))
        }
    }
}
