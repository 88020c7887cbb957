import ArgumentParser
import Installation
import Payouts
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
            var diagnosis = Diagnosis(program)
            await diagnosis.addEverything()
            program.console.result(
                options.json ? try JSONText.of(DiagnosisDocument(diagnosis)) : diagnosis.text)
            return ExitStatus(diagnosis.faults)
        }
    }
}

extension Diagnosis {
    init(_ program: Composition) {
        self.init(program.settings, program.context) { program.console.text(of: $0, in: .en) }
    }
}
