import Bookkeeping
import PayoutFiles
import Payouts
import Reports

/// Why a use case did not do what it was asked for. The edges put it into words: nobody below them does.
package enum OperationError: Error {
    // Where the ledger lies.
    case noLedger(path: String, practice: String?)
    case earlierLedger(at: String, ledger: String, folder: String)
    case noLedgerFolder(String, ledger: String)
    case cannotMakeLedgerFolder(String, ledger: String)

    // What was named.
    /// - Parameter practice: the practice ledger, where the batch may be instead.
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
    /// Somebody outside, such as the payroll program, says other totals.
    case otherTotals(of: TotalsOwner, actual: ControlTotals, expected: ExpectedTotals)
    /// The rows cannot be kept until they are stored.
    case cannotStage(folder: String, reason: String)

    // The person and the rules.
    case consent(ConsentError)
    case refused(SendingRefusal)

    // The inbox.
    case noInboxFolder(String)
    case cannotMakeInboxFolders(String)
    case anotherRound(folder: String, holder: String)

    // The layers below.
    case ledger(LedgerError)
    case report(ReportError)
    case bank(BankUnusable)
    /// A fault of the program or of the system.
    case unexpected(any Error)
}

/// What totals are compared with what was expected.
package enum TotalsOwner: Hashable, Sendable {
    case file(String)
    case batch(BatchReference)
}

extension OperationError {
    /// Classifies what the layers below throw.
    package init(_ error: any Error) {
        switch error {
        case let error as OperationError: self = error
        case let error as SendingRefusal: self = .refused(error)
        case let error as ConsentError: self = .consent(error)
        case let error as CorrectionError: self = .correction(error)
        case let error as PayoutFileError: self = .unreadable(error)
        case let error as StagedPayouts.Failed: self = .cannotStage(folder: error.folder, reason: error.reason)
        case let error as BatchReference.Invalid: self = .badName(error)
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

    static func classifying<Result>(_ work: () async throws -> Result) async throws(OperationError) -> Result {
        do {
            return try await work()
        } catch {
            throw OperationError(error)
        }
    }
}
