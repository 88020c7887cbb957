import Bookkeeping
import Foundation

/// Goes on with a ledger of which only a person can say what happened to it. Nothing is sent.
package struct RecoverLedger: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// What the person says.
    package enum Word: Sendable {
        /// No newer copy of the ledger was ever used.
        case newest
        /// An older copy was put back, or nobody knows.
        case older
        /// The ledger is gone.
        case lost
    }

    package struct Result: Sendable {
        /// Where files are kept that were in the way.
        package let kept: [String]
        /// Where the damaged log is kept.
        package let damagedLog: String?
        /// Batches that the send journal knows, and the ledger does not.
        package let forgotten: [ForgottenBatch]
    }

    package func run(_ word: Word) throws(OperationError) -> Result {
        try OperationError.classifying {
            let path = context.ledger.path
            // Nobody looks into a damaged log before it is set aside.
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
