import ArgumentParser
import Operations
import ProgramSettings
import Reports

struct LedgerEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Shows the personal data that is older than you keep it, and erases it after you confirm.",
        discussion: """
            Names and ids of paid and withdrawn rows are erased. Refused rows are withdrawn, which erases their cards. Sums, \
            masked cards, the bank's ids and the history stay. Reports, backups and uploaded files are other files: delete \
            them yourself.
            """)

    @Option(help: "Erase names and ids this many days after the batch's last change (PAYOUT_RETENTION_NAMES).")
    var names: String?

    @Option(help: "Withdraw refused rows this many days after the batch's last change (PAYOUT_RETENTION_CARDS).")
    var cards: String?

    @Flag(help: "Erase without asking.")
    var yes = false

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await runCommand {
            let program = Composition(try options.settings([.retentionNames: names, .retentionCards: cards]))
            let retention = program.settings.retention
            guard !retention.keepsAll else {
                throw CommandError(
                    .wrongUse,
                    "nothing says how long personal data is kept: set PAYOUT_RETENTION_NAMES or PAYOUT_RETENTION_CARDS, or use "
                        + "--names or --cards, in days. Nothing was erased")
            }
            let erasure = ErasePersonalData(program.context, after: retention)
            let due = try erasure.due()
            for batch in due { program.console.result(Self.line(batch)) }
            guard due.contains(where: { $0.names > 0 || !$0.refused.isEmpty }) else {
                program.console.say("nothing is due: nothing was erased")
                return .everyRowPaid
            }
            guard yes || program.console.confirm("Erase this for good?") == true else {
                throw CommandError(.notAllowed, "nothing was erased: confirm with --yes")
            }
            let result = try erasure.run(note: program.console.words("retention.ended"))
            program.console.say(
                "\(result.names) rows lost their name and id, \(result.withdrawn) refused rows were withdrawn")
            if result.proposed > 0 {
                program.console.say("\(result.proposed) withdrawals count after another person runs the same command")
            }
            return .everyRowPaid
        }
    }

    private static func line(_ due: ErasePersonalData.Due) -> String {
        var parts: [String] = []
        if due.names > 0 { parts.append("\(due.names) rows lose their name and id") }
        if !due.refused.isEmpty { parts.append("\(due.refused.count) refused rows are withdrawn and lose their card") }
        if due.kept > 0 {
            parts.append("\(due.kept) refused rows stay: the ledger was set back, so resend them or ask the bank")
        }
        return "\(due.batch): " + parts.joined(separator: "; ")
    }
}
