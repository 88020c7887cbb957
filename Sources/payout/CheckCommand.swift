import ArgumentParser
import Bookkeeping
import Foundation
import Logging
import PayoutFiles
import Payouts
import Reports

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a payout file. Nothing is stored or sent.")

    @Argument(help: "The payout file.")
    var file: String

    @Flag(help: "Write a workbook beside the file in which the faulty cells are marked: payroll.findings.xlsx.")
    var xlsx = false

    @OptionGroup var expected: ExpectedTotals
    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            let services = Services(try await options.settings())
            let ledger = try services.ledgerToLookInto()
            let checked = try services.check(file, against: ledger)
            try ledger?.close()
            if options.json {
                services.console.result(
                    try JSONText.of(FileDocument(checked.file, language: services.settings.language)))
                services.tellFindings(of: checked.file)
            } else {
                services.console.result(services.totalsText(of: checked.file))
                if checked.file.log.count > 0 { services.console.result(services.findingsText(of: checked.file)) }
            }
            if xlsx, checked.file.log.count > 0 {
                let url = URL(fileURLWithPath: checked.path)
                let stem = url.deletingPathExtension().lastPathComponent
                let path = url.deletingLastPathComponent()
                    .appendingPathComponent(FileName(stem, ".findings.xlsx").description).path
                try services.writeFindings(of: checked, language: services.settings.language, to: path)
                services.console.say("the findings, cell by cell: \(path)")
            }
            try expected.check(checked.file.totals, of: checked.file.name)
            do {
                _ = try checked.file.reference()
            } catch {
                if checked.file.isPayable { throw error }
                services.console.say("\(error)", level: .error)
            }
            return checked.file.isPayable ? .everyRowPaid : .invalidFile
        }
    }
}

extension Services {
    /// The ledger where there is one: a file can be checked without.
    fileprivate func ledgerToLookInto() throws -> Ledger? {
        guard FileManager.default.fileExists(atPath: settings.ledgerPath) else { return nil }
        do {
            return try openLedger(for: .reading)
        } catch {
            console.say("payouts of other batches are not looked up: \(error)")
            return nil
        }
    }
}
