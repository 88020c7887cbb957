import Bookkeeping
import Foundation
import PayoutFiles
import Payouts
import Processing

/// What a run was asked to pay: a file that is new to the ledger, or a batch that is in it.
enum Intake {
    case new(PayoutFile, reference: String?, twins: [EarlierTwin])
    case known(BatchRecord, BatchStatement)

    /// Tells the person what it is.
    ///
    /// - Throws: ``Failure`` where there is no such file or batch, or the file has errors.
    init(_ fileOrBatch: String, reference: String?, services: Services, ledger: Ledger) throws {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: fileOrBatch, isDirectory: &isFolder)
        guard (exists && !isFolder.boolValue) || fileOrBatch.contains("/") || fileOrBatch.lowercased().hasSuffix(".csv")
        else {
            self = try Self.known(named: fileOrBatch, services: services, ledger: ledger)
            return
        }
        let file = try services.read(fileOrBatch)
        if let batch = try services.earlierBatch(of: file, reference: reference, in: ledger) {
            self = try Self.known(batch, services: services, ledger: ledger)
            return
        }
        services.tellTotals(of: file)
        guard file.isPayable else { throw services.refuse(file) }
        let twins = try services.earlierTwins(of: file, in: ledger)
        services.tellFindings(of: file)
        services.tell(twins)
        self = .new(file, reference: reference, twins: twins)
    }

    private static func known(named name: String, services: Services, ledger: Ledger) throws -> Intake {
        do {
            return try known(try ledger.batch(named: name), services: services, ledger: ledger)
        } catch LedgerError.noSuchBatch {
            throw Failure(
                .notFound, "there is neither a file nor a batch “\(name)”: payout status lists the batches")
        }
    }

    private static func known(_ batch: BatchRecord, services: Services, ledger: Ledger) throws -> Intake {
        let statement = try ledger.statement(of: batch.id)
        if statement.notSent.rows > 0 {
            services.tellTotals(
                "batch “\(batch.reference)”, to be sent", statement.notSent, accounts: statement.accounts)
        }
        return .known(batch, statement)
    }

    /// What a run may send.
    ///
    /// - Parameter policy: it may have rows sent again of which the bank knows nothing.
    func toSend(under policy: ReconciliationPolicy) throws -> ControlTotals {
        switch self {
        case .new(let file, _, _): file.totals
        case .known(_, let statement) where policy.whenNotFound == .resend:
            try statement.notSent.adding(statement.unknown)
        case .known(_, let statement): statement.notSent
        }
    }

    var warnings: Int {
        switch self {
        case .new(let file, _, let twins): file.warnings.count + twins.count
        case .known(let batch, _): batch.unacceptedWarnings
        }
    }

    /// Stores what is new, and puts accepted warnings on the record. To be called under the runner's lock: what is known
    /// is read again, for another run may have worked on it meanwhile.
    func batch(in ledger: Ledger, by services: Services) throws -> BatchRecord {
        let batch =
            switch self {
            case .known(let batch, _): try ledger.batch(named: batch.reference.name)
            case .new(let file, let reference, let twins):
                try services.store(file, as: reference, twins: twins, in: ledger)
            }
        if batch.unacceptedWarnings > 0 { try ledger.acceptWarnings(of: batch) }
        return batch
    }
}
