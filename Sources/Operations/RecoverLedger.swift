package import Bookkeeping
import Foundation
import Processing

/// Continues a ledger after a loss or a restore. Only a person knows what happened to it. It sends nothing.
package struct RecoverLedger: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// The person's statement about the ledger.
    package enum Word: Sendable {
        /// This is the newest copy of the ledger.
        case newest
        /// An older copy was restored, or this is not known.
        case older
        /// The ledger is lost.
        case lost
    }

    package struct Result: Sendable {
        /// The new paths of files that were in the way. They are kept.
        package let kept: [String]
        /// The new path of the damaged log, which is kept.
        package let damagedLog: String?
        /// The batches that are in the send journal but not in the ledger.
        package let forgotten: [ForgottenBatch]
    }

    package func run(_ word: Word) throws(OperationError) -> Result {
        try OperationError.classifying {
            let path = context.ledger.path
            // Do not open a damaged log before it is renamed.
            let exists = try word == .lost ? Ledger.exists(at: path) : context.ledger.exists
            guard exists == (word != .lost) else {
                throw exists
                    ? OperationError.ledgerInTheWay(path: path) : .noLedgerToRecover(path: path)
            }
            let lock = try context.runnerLock(for: "recovery")
            defer { lock.release() }
            let now = context.time.now()
            let kept = try word == .lost ? Ledger.setEmptyFileAside(at: path, at: now) : []
            let log = try word == .older ? Ledger.setDamagedLogAside(ofLedgerAt: path, at: now) : nil
            let ledger = try context.saying { opening in
                opening.isRunner = true
                switch word {
                case .newest: opening.recovery = .newest
                case .older: opening.recovery = .older
                case .lost: opening.creation = .replacingLost
                }
            }.openLedger()
            let forgotten = try ledger.forgottenBatches()
            try ledger.close()
            return Result(kept: kept, damagedLog: log, forgotten: forgotten)
        }
    }
}
