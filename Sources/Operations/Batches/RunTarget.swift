import Bookkeeping
import Foundation
import PaymentValues
import PayoutFiles
import Payouts

/// The input of a run: a file that is new to the ledger, or a batch in the ledger.
enum RunTarget {
    case new(CheckedFile, as: BatchReference, isDeliberate: Bool)
    case known(BatchRecord, Remainder)

    var reference: BatchReference {
        switch self {
        case .new(_, let reference, _): reference
        case .known(let batch, _): batch.reference
        }
    }

    var isNew: Bool { if case .new = self { true } else { false } }

    /// Returns the warnings that nobody has accepted yet.
    func warnings(in ledger: Ledger) throws -> [WarningKind: Int] {
        switch self {
        case .new(let checked, _, _): checked.file.log.warningCounts
        case .known(let batch, _): try ledger.unacceptedWarnings(of: batch)
        }
    }

    /// Returns the totals that a run may send.
    func toSend(in context: OperationContext) throws(Tiyin.Overflow) -> ControlTotals {
        switch self {
        case .new(let checked, _, _): checked.file.totals
        case .known(_, let remainder):
            try context.toSend(notSent: remainder.notSent, unknown: remainder.unknown)
        }
    }

    /// Stores a new file and records the accepted warnings. Call it under the runner lock. It reads a known batch
    /// again, because another run may have changed it.
    ///
    /// - Parameter acceptsWarnings: whether a person accepted the warnings.
    func batch(in ledger: Ledger, _ context: OperationContext, acceptsWarnings: Bool) throws -> BatchRecord {
        let batch =
            switch self {
            case .known(let batch, _): try ledger.batch(named: batch.reference.name)
            case .new(let checked, let reference, let isDeliberate):
                try ImportFile(context).store(checked, as: reference, isDeliberate: isDeliberate, in: ledger)
            }
        if acceptsWarnings, batch.unacceptedWarnings > 0 { try ledger.acceptWarnings(of: batch) }
        return batch
    }
}

/// Finds the file or batch that a person named, and informs the observer.
struct RunTargetSearch {
    let context: OperationContext
    let ledger: Ledger
    let expected: ExpectedTotals

    func target(_ fileOrBatch: String, reference: String?) throws -> RunTarget {
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: fileOrBatch, isDirectory: &isFolder)
        let isNamedAsFile = [".csv", ".xlsx"].contains(where: fileOrBatch.lowercased().hasSuffix)
        guard (exists && !isFolder.boolValue) || fileOrBatch.contains("/") || isNamedAsFile else {
            return try target(named: fileOrBatch)
        }
        // If the ledger knows the file name, this run probably continues a batch. Then the file's digest is enough.
        let name = URL(fileURLWithPath: fileOrBatch).lastPathComponent.precomposedStringWithCanonicalMapping
        if try ledger.batches().contains(where: { $0.fileName == maskingTrueCardNumbers(in: name) }) {
            let digest = try PayoutFile.digest(ofFileAt: fileOrBatch, options: context.fileOptions)
            if let batch = try batch(of: digest, reference: reference, path: fileOrBatch) { return try target(batch) }
        }
        let checked = try CheckFile(context).run(fileOrBatch, in: ledger, isStaged: true)
        if let batch = try batch(of: checked.file.digest, reference: reference, path: fileOrBatch) {
            return try target(batch)
        }
        return try target(checked, reference: reference)
    }

    func target(_ checked: CheckedFile, reference: String? = nil) throws -> RunTarget {
        try ImportFile(context).tell(checked, expected)
        return .new(checked, as: try checked.file.reference(chosen: reference), isDeliberate: reference != nil)
    }

    func target(_ batch: BatchRecord) throws -> RunTarget {
        try expected.demand(batch.totals, of: .batch(batch.reference))
        let remainder = try ledger.remainder(of: batch.id)
        if remainder.notSent.rows > 0 {
            context.observe(
                .batchChosen(
                    batch.reference, toSend: remainder.notSent,
                    accounts: try ledger.accountsOfNotSent(in: batch.id)))
        }
        return .known(batch, remainder)
    }

    private func target(named name: String) throws -> RunTarget {
        let batch: BatchRecord
        do {
            batch = try ledger.batch(named: name)
        } catch .noSuchBatch {
            throw OperationError.neitherFileNorBatch(name, practice: context.ledger.practice)
        }
        return try target(batch)
    }

    /// Returns the batch that was made from this file earlier, or `nil`.
    private func batch(of digest: FileDigest, reference: String?, path: String) throws -> BatchRecord? {
        let batches = try ledger.batches(of: digest)
        if let reference { return batches.first { $0.reference.name == reference } }
        let suggested = PayoutFile.suggestedReference(forFileAt: path)
        if let named = batches.first(where: { $0.reference.name == suggested }) { return named }
        guard batches.count <= 1 else {
            throw OperationError.importedUnderSeveralNames(batches.map(\.reference))
        }
        return batches.first
    }
}
