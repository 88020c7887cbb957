import Bookkeeping
import Foundation
import PaymentValues
import PayoutFiles
import Payouts
import Processing

/// A payout file on its way in: read, shown, stored.
extension Services {
    /// Reads and checks a file, in one pass.
    ///
    /// - Parameter ledger: where the payouts of other batches are looked up.
    /// - Throws: ``Failure`` where there is no such file, or it cannot be read.
    func check(_ path: String, against ledger: Ledger?) throws -> CheckedFile {
        try telling {
            try CheckedFile(path, options: fileOptions, ledger: ledger, importedSince: twinsSince)
        }
    }

    /// What a file cannot be read for, as people are told it.
    private func telling<T>(_ read: () throws -> T) throws -> T {
        do {
            return try read()
        } catch let error as PayoutFileError {
            throw Failure(ExitStatus(error), error.message(in: settings.language))
        }
    }

    /// What a file is checked against today.
    var fileOptions: PayoutFileOptions {
        let today = calendar.dateComponents([.year, .month], from: time.now())
        guard let month = today.month, let year = today.year else { preconditionFailure("every date has a month") }
        return PayoutFileOptions(
            month: month, year: year, maximumRow: settings.limits.row, maximumBatch: settings.limits.batch)
    }

    /// From when on other batches are looked through for the same card and amount.
    var twinsSince: Date { time.now().addingTimeInterval(-40 * 86_400) }

    /// - Throws: ``Failure`` after all findings were shown, where the file has errors.
    func demandPayable(_ file: PayoutFile) throws {
        guard !file.isPayable else { return }
        tellFindings(of: file)
        throw Failure(
            .invalidFile,
            "\(file.name) has \(count(file.log.errorCount, "error")): nothing was stored or sent. Mend the file and try again"
        )
    }

    /// The batch that this file became earlier, if it did.
    ///
    /// - Throws: ``Failure`` where there is no such file, it cannot be read, or it became several batches and none was named.
    func earlierBatch(ofFileAt path: String, reference: String?, in ledger: Ledger) throws -> BatchRecord? {
        let batches = try ledger.batches(of: telling { try PayoutFile.digest(ofFileAt: path, options: fileOptions) })
        if let reference { return batches.first { $0.reference.name == reference } }
        let suggested = PayoutFile.suggestedReference(forFileAt: path)
        if let named = batches.first(where: { $0.reference.name == suggested }) { return named }
        guard batches.count <= 1 else {
            let names = batches.map(\.reference.name).joined(separator: ", ")
            throw Failure(.invalidFile, "this file was imported as \(names): say which with --reference")
        }
        return batches.first
    }

    /// - Parameter isDeliberate: whether a person chose the reference, so as to pay the same file once more.
    /// - Throws: ``Failure`` where the file is not any more what was checked; then nothing was stored.
    func store(
        _ checked: CheckedFile, as reference: BatchReference, isDeliberate: Bool, in ledger: Ledger
    ) throws -> BatchRecord {
        let new = checked.newBatch(as: reference, needsApproval: settings.requiresApproval)
        _ = try telling { try ledger.importBatch(new, isDeliberate: isDeliberate) }
        LedgerNotices.shared.tell(of: ledger, console)
        return try ledger.batch(named: new.reference.name)
    }
}

/// What the person is shown of a file.
extension Services {
    func tellTotals(of file: PayoutFile) {
        console.say(totalsText(of: file))
    }

    func tellTotals(_ title: String, _ totals: ControlTotals, accounts: [SettlementAccount]) {
        console.say(totalsText(title, totals, accounts: accounts))
    }

    func tellFindings(of file: PayoutFile) {
        if file.log.count > 0 { console.say(findingsText(of: file)) }
    }

    func totalsText(of file: PayoutFile) -> String {
        let title = "file \(file.name)" + (file.isPayable ? "" : ", only its rows without errors")
        var lines = [totalsText(title, file.totals, accounts: file.accounts)]
        let ignored =
            file.ignoredColumns.isEmpty ? "" : ", columns not used: \(file.ignoredColumns.joined(separator: ", "))"
        lines.append("  read as:  \(file.encoding.rawValue), delimiter \(file.delimiter)\(ignored)")
        if !file.passedOver.isEmpty {
            let rows = file.passedOver.prefix(10).map { "row \($0.row) (\(text(of: $0.kind)))" }
            let more = file.passedOver.count > 10 ? ", …" : ""
            lines.append("  no payouts: \(rows.joined(separator: ", "))\(more)")
        }
        return lines.joined(separator: "\n")
    }

    func findingsText(of file: PayoutFile) -> String {
        findingsText(file.log)
    }

    func findingsText(_ log: FindingLog) -> String {
        FindingsTable(log, language: settings.language, width: console.isTerminal ? console.width : 110).text
    }

    private func text(of kind: PassedOver.Kind) -> String {
        switch kind {
        case .title: "a title"
        case .secondHeader: "a second header"
        case .total(agrees: true): "the total, which agrees"
        case .total(agrees: false): "a total without a sum"
        }
    }

    private func totalsText(_ title: String, _ totals: ControlTotals, accounts: [SettlementAccount]) -> String {
        let shown = accounts.prefix(10).map(\.digits).joined(separator: ", ")
        return """
            \(title)
              rows:     \(totals.rows)
              sum:      \(totals.sum) so'm (\(totals.sum.count) tiyin)
              accounts: \(shown)\(accounts.count > 10 ? ", …" : "")
            """
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
