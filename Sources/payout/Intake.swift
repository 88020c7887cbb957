import Bookkeeping
import Foundation
import PaymentValues
import PayoutFiles
import Payouts
import Processing

/// What a run was asked to pay: a file that is new to the ledger, or a batch that is in it.
enum Intake {
    case new(CheckedFile, reference: String?)
    case known(BatchRecord, Remainder)

    /// Tells the person what it is.
    ///
    /// - Throws: ``Failure`` where there is no such file or batch, the file has errors, or its totals are not the expected.
    init(
        _ fileOrBatch: String, reference: String?, expected: ExpectedTotals?, services: Services, ledger: Ledger
    ) throws {
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: fileOrBatch, isDirectory: &isFolder)
        guard (exists && !isFolder.boolValue) || fileOrBatch.contains("/") || fileOrBatch.lowercased().hasSuffix(".csv")
        else {
            self = try Self.known(named: fileOrBatch, expected: expected, services: services, ledger: ledger)
            return
        }
        // A file that was imported has no need to be read again row by row.
        if let batch = try services.earlierBatch(ofFileAt: fileOrBatch, reference: reference, in: ledger) {
            self = try Self.known(batch, expected: expected, services: services, ledger: ledger)
            return
        }
        let checked = try services.check(fileOrBatch, against: ledger)
        services.tellTotals(of: checked.file)
        try services.demandPayable(checked.file)
        services.tellFindings(of: checked.file)
        try expected?.check(checked.file.totals, of: checked.file.name)
        self = .new(checked, reference: reference)
    }

    private static func known(
        named name: String, expected: ExpectedTotals?, services: Services, ledger: Ledger
    ) throws -> Intake {
        do {
            return try known(try ledger.batch(named: name), expected: expected, services: services, ledger: ledger)
        } catch LedgerError.noSuchBatch {
            throw Failure(
                .notFound,
                "there is neither a file nor a batch “\(name)”: payout status lists the batches"
                    + services.hintOfPractice)
        }
    }

    private static func known(
        _ batch: BatchRecord, expected: ExpectedTotals?, services: Services, ledger: Ledger
    ) throws -> Intake {
        try expected?.check(batch.totals, of: "batch “\(batch.reference)”")
        let remainder = try ledger.remainder(of: batch.id)
        if remainder.notSent.rows > 0 {
            services.tellTotals(
                "batch “\(batch.reference)”, to be sent", remainder.notSent,
                accounts: try ledger.accountsOfNotSent(in: batch.id))
        }
        return .known(batch, remainder)
    }

    var reference: BatchReference {
        get throws {
            switch self {
            case .new(let checked, let reference): try checked.file.reference(chosen: reference)
            case .known(let batch, _): batch.reference
            }
        }
    }

    /// What a run may send.
    ///
    /// - Parameter policy: it may have rows sent again of which the bank knows nothing.
    func toSend(under policy: ReconciliationPolicy) throws -> ControlTotals {
        switch self {
        case .new(let checked, _): checked.file.totals
        case .known(_, let remainder):
            try policy.toSend(notSent: remainder.notSent, unknown: remainder.unknown)
        }
    }

    var isNew: Bool { if case .new = self { true } else { false } }

    var warnings: Int {
        switch self {
        case .new(let checked, _): checked.file.log.warningCount
        case .known(let batch, _): batch.unacceptedWarnings
        }
    }

    /// Stores what is new, and puts accepted warnings on the record. To be called under the runner's lock: what is known
    /// is read again, for another run may have worked on it meanwhile.
    func batch(in ledger: Ledger, by services: Services) throws -> BatchRecord {
        let batch =
            switch self {
            case .known(let batch, _): try ledger.batch(named: batch.reference.name)
            case .new(let checked, let reference):
                try services.store(
                    checked, as: self.reference, isDeliberate: reference != nil, in: ledger)
            }
        if batch.unacceptedWarnings > 0 { try ledger.acceptWarnings(of: batch) }
        return batch
    }
}

extension ReconciliationPolicy {
    /// What a run of a batch may send: with `resend`, also rows of which the bank turns out to know nothing.
    func toSend(notSent: ControlTotals, unknown: ControlTotals) throws(Tiyin.Overflow) -> ControlTotals {
        whenNotFound == .resend ? try notSent.adding(unknown) : notSent
    }
}
