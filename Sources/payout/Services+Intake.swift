import Bookkeeping
import Foundation
import PayoutFiles
import Payouts

/// A payout file on its way in: read, shown, stored.
extension Services {
    /// - Throws: `PayoutFileError` where there is no such file, or it cannot be read.
    func read(_ path: String) throws -> PayoutFile {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = Self.timeZone
        let today = calendar.dateComponents([.year, .month], from: time.now())
        guard let month = today.month, let year = today.year else { preconditionFailure("every date has a month") }
        return try PayoutFile.read(
            from: path,
            options: PayoutFileOptions(
                month: month, year: year, maximumRow: settings.limits.row, maximumBatch: settings.limits.batch))
    }

    /// Reads a file that is to be stored.
    ///
    /// - Throws: ``Failure`` after all findings were shown, where the file has errors.
    func payable(_ path: String) throws -> PayoutFile {
        let file = try read(path)
        guard file.isPayable else { throw refuse(file) }
        return file
    }

    func refuse(_ file: PayoutFile) -> Failure {
        tellFindings(of: file)
        return Failure(
            .invalidFile,
            "\(file.name) has \(count(file.errors.count, "error")): nothing was stored or sent. Mend the file and try again"
        )
    }

    /// The batch that this file became earlier, if it did.
    ///
    /// - Throws: ``Failure`` where the file became several, and none was named.
    func earlierBatch(of file: PayoutFile, reference: String?, in ledger: Ledger) throws -> BatchRecord? {
        let batches = try ledger.batches(of: file.digest)
        if let reference { return batches.first { $0.reference.name == reference } }
        if let named = batches.first(where: { $0.reference.name == file.suggestedReference }) { return named }
        guard batches.count <= 1 else {
            let names = batches.map(\.reference.name).joined(separator: ", ")
            throw Failure(.invalidFile, "this file was imported as \(names): say which with --reference")
        }
        return batches.first
    }

    /// Rows that pay the same card the same amount as another batch of the last 40 days.
    func earlierTwins(of file: PayoutFile, in ledger: Ledger) throws -> [EarlierTwin] {
        try ledger.earlierTwins(of: file.payouts, importedSince: time.now().addingTimeInterval(-40 * 86_400))
    }

    func store(
        _ file: PayoutFile, as reference: String?, twins: [EarlierTwin], in ledger: Ledger
    ) throws -> BatchRecord {
        let new = NewBatch(
            reference: try BatchReference(reference ?? file.suggestedReference), fileName: file.name,
            digest: file.digest,
            totals: file.totals, payouts: file.payouts, warnings: file.warnings.count + twins.count)
        _ = try ledger.importBatch(new, isDeliberate: reference != nil)
        return try ledger.batch(named: new.reference.name)
    }
}

/// What the person is shown of a file.
extension Services {
    func tellTotals(of file: PayoutFile) {
        tellTotals(
            "file \(file.name)" + (file.isPayable ? "" : ", only its rows without errors"), file.totals,
            accounts: file.accounts)
        let ignored =
            file.ignoredColumns.isEmpty ? "" : ", columns not used: \(file.ignoredColumns.joined(separator: ", "))"
        console.say("  read as:  \(file.encoding.rawValue), delimiter \(file.delimiter)\(ignored)")
    }

    func tellTotals(_ title: String, _ totals: ControlTotals, accounts: [SettlementAccount]) {
        console.say(
            """
            \(title)
              rows:     \(totals.rows)
              sum:      \(totals.sum) so'm (\(totals.sum.count) tiyin)
              accounts: \(accounts.map(\.digits).joined(separator: ", "))
            """)
    }

    func tellFindings(of file: PayoutFile) {
        for finding in file.findings {
            let place = finding.place(in: settings.language)
            let value = finding.value.map { " “\($0)”" } ?? ""
            console.say(
                "\(finding.severity.rawValue): \(place.isEmpty ? "" : place + ": ")\(finding.message(in: settings.language))\(value) "
                    + "→ \(finding.advice(in: settings.language))")
        }
    }

    func tell(_ twins: [EarlierTwin]) {
        for twin in twins {
            console.say(
                "warning: row \(twin.row): the same card was to be paid the same amount in batch “\(twin.batch)”, row \(twin.twinRow) "
                    + "→ make sure that it is meant twice")
        }
    }

    func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
