import Bookkeeping
import Foundation
import PayoutFiles
import Payouts

/// A payout file that was checked, and where it lies, for it is read once more when it is stored.
struct CheckedFile: Sendable {
    let path: String
    let options: PayoutFileOptions
    private(set) var file: PayoutFile

    /// - Parameters:
    ///   - name: what the file is called, where that is not its name on the disk.
    ///   - ledger: where the payouts of other batches are looked up; `nil` where there is none.
    /// - Throws: `PayoutFileError` where there is no such file, or it cannot be read.
    init(
        _ path: String, named name: String? = nil, options: PayoutFileOptions, ledger: Ledger?, importedSince: Date
    ) throws {
        self.path = path
        self.options = options
        var search = try ledger.flatMap { ledger in
            try ledger.hasBatches(importedSince: importedSince) ? TwinSearch(ledger: ledger, since: importedSince) : nil
        }
        file = try PayoutFile.read(from: path, named: name, options: options) { try search?.take($0) }
        if let twins = try search?.finish() { file.add(twins) }
    }

    /// The rows as the ledger takes them: read anew, and refused at the end if they are not the same any more.
    func newBatch(as reference: BatchReference, needsApproval: Bool) -> NewBatch {
        NewBatch(
            reference: reference, fileName: file.name, digest: file.digest, totals: file.totals,
            warnings: file.log.warningCounts, needsApproval: needsApproval
        ) { [self] take in
            try file.readAgain(from: path, options: options) { row in
                if let payout = row.payout { try take(payout) }
            }
        }
    }
}

/// Looks up, some rows at a time, whether other batches pay the same cards the same amounts.
private struct TwinSearch {
    private static let rowsAtATime = 500

    let ledger: Ledger
    let since: Date
    private var waiting: [Int: ReadRow] = [:]
    private var log = FindingLog()

    init(ledger: Ledger, since: Date) {
        self.ledger = ledger
        self.since = since
    }

    mutating func take(_ row: ReadRow) throws {
        guard row.payout != nil else { return }
        waiting[row.row] = row
        if waiting.count == Self.rowsAtATime { try lookUp() }
    }

    mutating func finish() throws -> FindingLog {
        try lookUp()
        return log
    }

    private mutating func lookUp() throws {
        let payouts = waiting.values.compactMap(\.payout).sorted { $0.row < $1.row }
        for twin in try ledger.earlierTwins(of: payouts, importedSince: since) {
            guard let row = waiting[twin.row] else { continue }
            log.add(row.findingOfCard(.paidBefore(batch: twin.batch, row: twin.twinRow)))
        }
        waiting.removeAll(keepingCapacity: true)
    }
}
