package import Bookkeeping
package import Foundation
package import PaymentValues
package import Payouts

/// Valid values for tests.
package enum Samples {
    /// Returns a valid card. Each serial gives another card.
    package static func card(_ serial: Int, prefix: String = "860049") -> CardNumber {
        let body = prefix + String(String(serial + 1_000_000_000).suffix(9))
        let digits = body.utf8.map { Int($0) - 48 }
        let sum = digits.reversed().enumerated().reduce(0) { sum, pair in
            let weighted = pair.offset.isMultiple(of: 2) ? pair.element * 2 : pair.element
            return sum + (weighted > 9 ? weighted - 9 : weighted)
        }
        return valid { try CardNumber(body + String((10 - sum % 10) % 10)) }
    }

    package static let account = valid { try SettlementAccount("20208000900123456001") }
    package static let bankCode = valid { try BankCode("01183") }
    package static let expiry = valid { try CardExpiry(mmyy: "0931") }
    package static let digest = valid { FileDigest(hex: String(repeating: "5a", count: 32)) }

    /// Row `row` pays `row` times 1 000 so'm.
    package static func payout(row: Int) -> Payout {
        Payout(
            row: row, account: account, bankCode: bankCode, card: card(row), expiry: expiry,
            amount: Tiyin(Int64(row) * 100_000), name: "Recipient \(row)")
    }

    /// Rows 2 to `rows + 1`.
    package static func payouts(rows: Int) -> [Payout] {
        (2..<(rows + 2)).map(payout(row:))
    }

    /// A batch of these rows.
    package static func batch(rows: Int, reference: String = "payroll") -> NewBatch {
        let payouts = payouts(rows: rows)
        let totals = ControlTotals(rows: rows, sum: Tiyin(payouts.reduce(0) { $0 + $1.amount.count }))
        return NewBatch(
            reference: valid { try BatchReference(reference) }, fileName: "\(reference).csv",
            digest: digest, totals: totals
        ) { take in for payout in payouts { try take(payout) } }
    }

    package static let receipt = BankReceipt(
        bmID: 173_388_802, commission: "0.4", commissionAmount: Tiyin(40), senderExtID: "246143267",
        recipientExtID: "1061113542")

    /// Pays 100 tiyin to the bank's public test card.
    package static let order = PayoutOrder(
        id: valid { try AgentTransactionID(100_000_000_000_001) }, senderName: "viplati",
        account: valid { try SettlementAccount("20208000000000000001") }, bankCode: bankCode,
        card: valid { try CardNumber("8600069195406311") }, expiry: valid { try CardExpiry(mmyy: "0727") },
        amount: Tiyin(100))

    /// A statement of `payroll.csv`.
    ///
    /// - Parameter file: the totals of the file. By default they are the sum of the states.
    package static func statement(
        _ totals: [PayoutState: ControlTotals], file: ControlTotals? = nil, bank: String? = "sandbox",
        commission: Tiyin = .zero, pause: Reason? = nil, approval: BatchStatement.Approval = .notNeeded,
        ledgerHead: String? = nil
    ) throws -> BatchStatement {
        BatchStatement(
            reference: try BatchReference("payroll"), fileName: "payroll.csv", digest: digest, importedBy: "dilnoza",
            importedAt: noon, bank: bank, file: try file ?? totals.values.reduce(.zero) { try $0.adding($1) },
            totals: totals, commission: commission, pause: pause, accounts: [account], approval: approval,
            ledgerHead: ledgerHead)
    }

    package static let noon = Date(timeIntervalSince1970: 1_764_000_000)
}

extension LedgerOpening {
    /// A look that changes nothing.
    package static var reading: LedgerOpening {
        var opening = LedgerOpening()
        opening.purpose = .reading
        return opening
    }

    /// Puts the ledger on the test's disk. The ledger takes the different folders of tests for one place.
    fileprivate func on(_ disk: LossyDisk?, at name: String) -> LedgerOpening {
        var opening = self
        if let disk { opening.disk = disk.sends }
        opening.home = home ?? LedgerHome(path: name, machine: "a test's")
        return opening
    }
}

extension Ledger {
    /// A ledger in a test's own folder.
    package convenience init(
        in folder: TemporaryFolder, name: String = "payouts.sqlite", key: String = "ledger.key",
        who: String = "tester", diskSpace: DiskSpace? = nil, disk: LossyDisk? = nil,
        opening: LedgerOpening = LedgerOpening(),
        now: @escaping @Sendable () -> Date = { Samples.noon }
    ) throws {
        try self.init(
            path: folder.path(name), keyFile: KeyFile(path: folder.path(key)), who: who, diskSpace: diskSpace,
            journal: disk?.journal ?? JournalFile(), opening: opening.on(disk, at: name), now: now)
    }
}
