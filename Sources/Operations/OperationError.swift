package import Bookkeeping
package import PayoutFiles
package import Payouts
package import Reports
import ScratchFiles

/// The reason why a use case failed. Only the console, the inbox and the desk put it into words.
package enum OperationError: Error {
    // The place of the ledger.
    case noLedger(path: String, practice: String?)
    case earlierLedger(at: String, ledger: String, folder: String)
    case noLedgerFolder(String, ledger: String)
    case cannotMakeLedgerFolder(String, ledger: String)
    case noLedgerToRecover(path: String)
    /// A ledger exists already at the path of the lost one.
    case ledgerInTheWay(path: String)

    // The names that a person gave.
    /// The ledger has no such batch.
    /// - Parameter practice: the path of the practice ledger, which may have the batch.
    case noSuchBatch(String, practice: String?)
    case neitherFileNorBatch(String, practice: String?)
    case importedUnderSeveralNames([BatchReference])
    case noSuchRows(of: BatchReference)
    case badName(BatchReference.Invalid)

    // The file.
    case unreadable(PayoutFileError)
    case fileHasErrors(name: String, count: Int)
    case correctionsHaveErrors(name: String)
    case correction(CorrectionError)
    /// A source outside the file, such as the payroll program, expects other totals.
    case otherTotals(of: TotalsOwner, actual: ControlTotals, expected: ExpectedTotals)
    /// The rows cannot be staged in this folder.
    case cannotStage(folder: String, reason: String)

    // The person and the rules.
    case consent(ConsentError)
    case refused(SendingRefusal)
    /// The rules require a second factor, and the person gave none.
    case secondFactorNeeded

    // The inbox.
    case noInboxFolder(String)
    case cannotMakeInboxFolders(String)
    case inboxUnsafe(String, InboxFolder.Flaw)
    /// The disk or the system did not allow payout to read or move a file, or to explain its rejection.
    case inboxFile(name: String, reason: String)
    case anotherRound(folder: String, holder: String)

    // The bank's statement.
    case statement(StatementError)

    // The layers below.
    case ledger(LedgerError)
    case report(ReportError)
    case bank(BankUnusable)
    /// A bug in payout, or a fault of the system.
    case unexpected(any Error)
}

/// The file or batch whose totals differ from the expected ones.
package enum TotalsOwner: Hashable, Sendable {
    case file(String)
    case batch(BatchReference)
}

extension OperationError {
    /// Classifies an error of the layers below.
    package init(_ error: any Error) {
        switch error {
        case let error as OperationError: self = error
        case let error as SendingRefusal: self = .refused(error)
        case let error as ConsentError: self = .consent(error)
        case let error as CorrectionError: self = .correction(error)
        case let error as PayoutFileError: self = .unreadable(error)
        case let error as ScratchFile.Failed: self = .cannotStage(folder: error.folder, reason: error.reason)
        case let error as BatchReference.Invalid: self = .badName(error)
        case let error as StatementError: self = .statement(error)
        case let error as LedgerError: self = .ledger(error)
        case let error as ReportError: self = .report(error)
        case let error as BankUnusable: self = .bank(error)
        default: self = .unexpected(error)
        }
    }

    static func classifying<Result>(_ work: () throws -> Result) throws(OperationError) -> Result {
        do {
            return try work()
        } catch {
            throw OperationError(error)
        }
    }

    static func classifyingAsync<Result>(_ work: () async throws -> Result) async throws(OperationError) -> Result {
        do {
            return try await work()
        } catch {
            throw OperationError(error)
        }
    }
}
