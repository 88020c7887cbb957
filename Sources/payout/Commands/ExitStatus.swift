import Bookkeeping
import Installation
import MerchantAPI
import Operations
import PayoutFiles
import Payouts

#if Desk
import WebDesk
#endif

/// The exit status of the program, for cron and other callers.
enum ExitStatus: Int32 {
    case everyRowPaid = 0
    case unexpected = 1
    case someRefused = 10
    case someUnsettled = 11
    case wrongUse = 64
    case invalidFile = 65
    case notFound = 66
    case bankUnreachable = 69
    case reportNotWritten = 73
    case ledgerTrouble = 74
    case paused = 75
    case notAllowed = 77
    case configuration = 78

    init(_ outcome: RunOutcome) {
        self =
            switch outcome {
            case .everyRowPaid: .everyRowPaid
            case .someRefused: .someRefused
            case .someUnsettled: .someUnsettled
            case .notAllSent, .paused: .paused
            case .bankUnreachable: .bankUnreachable
            }
    }
}

extension ExitStatus: Comparable {
    /// All statuses from best to worst. For several files, the worst one becomes the exit status.
    private static let ranking: [ExitStatus] = [
        .everyRowPaid, .someRefused, .someUnsettled, .wrongUse, .notFound, .invalidFile, .notAllowed, .paused,
        .bankUnreachable, .unexpected, .reportNotWritten, .configuration, .ledgerTrouble,
    ]

    static func < (left: ExitStatus, right: ExitStatus) -> Bool {
        (ranking.firstIndex(of: left) ?? 0) < (ranking.firstIndex(of: right) ?? 0)
    }
}

extension ExitStatus {
    init(_ error: any Error) {
        if let error = CommandError(wording: error) {
            self = error.status
            return
        }
        switch error {
        case let error as OperationError: self = Self.status(of: error)
        case is UnusableAmount: self = .wrongUse
        default: self = Self.status(ofDesk: error) ?? Self.status(of: OperationError(error))
        }
    }

    /// Finds the worst status of a run with these faults.
    init(_ faults: [Diagnosis.Fault]) {
        let statuses: [ExitStatus] = faults.map { fault in
            switch fault {
            case .settings: .configuration
            case .key: .notAllowed
            case .ledger: .ledgerTrouble
            case .reports: .reportNotWritten
            case .bankUnreachable: .bankUnreachable
            case .loginRefused: .paused
            case .error(let error): Self.status(of: error)
            }
        }
        self = statuses.max() ?? .everyRowPaid
    }

    /// Returns the status for an error that only the desk throws, and `nil` for any other error.
    private static func status(ofDesk error: any Error) -> ExitStatus? {
        #if Desk
        switch error {
        case is UserName.Invalid: .wrongUse
        case is UsersFileError: .configuration
        default: nil
        }
        #else
        nil
        #endif
    }

    private static func status(of error: OperationError) -> ExitStatus {
        switch error {
        case .noLedger, .noLedgerToRecover, .noSuchBatch, .neitherFileNorBatch, .noSuchRows, .noInboxFolder: .notFound
        case .earlierLedger, .noLedgerFolder, .cannotMakeLedgerFolder, .cannotStage: .ledgerTrouble
        case .importedUnderSeveralNames, .fileHasErrors, .correctionsHaveErrors, .otherTotals: .invalidFile
        case .badName, .ledgerInTheWay: .wrongUse
        case .unreadable(let error): status(of: error)
        case .correction(.notWanted): .wrongUse
        case .correction(.noSuchRow), .correction(.otherCard), .correction(.notRefused), .correction(.sumTooLarge):
            .invalidFile
        case .consent(.declined): .paused
        case .consent(.nobodyToAsk): .wrongUse
        case .consent(.warningsNotAccepted): .invalidFile
        case .refused(.changedMeanwhile): .paused
        case .secondFactorNeeded, .refused(.notApproved), .refused(.rejected), .refused(.rowAboveLimit),
            .refused(.batchAboveLimit), .refused(.dayAboveLimit):
            .notAllowed
        case .cannotMakeInboxFolders, .inboxFile, .report: .reportNotWritten
        case .inboxUnsafe: .configuration
        case .anotherRound: .paused
        case .statement(.badMonth): .wrongUse
        case .statement(.unknownAccount): .notFound
        case .statement: .invalidFile
        case .ledger(let error): status(of: error)
        case .bank: .configuration
        case .unexpected: .unexpected
        }
    }

    private static func status(of error: PayoutFileError) -> ExitStatus {
        switch error {
        case .notFound, .isDirectory, .unreadable: .notFound
        case .tooLarge, .rowTooLong, .changed: .invalidFile
        }
    }

    private static func status(of error: LedgerError) -> ExitStatus {
        switch error {
        case .cannotOpen, .notALedger, .newerVersion, .tooOld, .damaged, .cannotRead, .cannotWrite, .isGone,
            .diskAlmostFull,
            .logDamaged, .isMissing, .isSecond, .isCopy, .journalUnusable, .altered, .illegalTransition,
            .stateHasChanged:
            .ledgerTrouble
        case .keyMissing, .keyUnreadable, .keyDoesNotFit, .keyReplaced, .cardDoesNotOpen, .otherTotals,
            .correctionsNotKnown, .approverIsMaker, .wasRejected, .alreadyApproved:
            .notAllowed
        case .runnerBusy: .paused
        case .alreadyImported, .referenceTaken, .sentFromAnotherLedger: .invalidFile
        case .noSuchBatch, .noSuchRow: .notFound
        case .mayBePaid, .mayHaveBeenSentAgain, .nothingToDecide, .notToWithdraw, .nothingToReject, .alreadyStarted:
            .wrongUse
        case .boundToAnotherBank, .otherKind: .configuration
        }
    }
}
