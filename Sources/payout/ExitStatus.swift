import Bookkeeping
import MerchantAPI
import PayoutFiles
import Payouts
import Processing
import Reports

#if Desk
import WebDesk
#endif

/// How the program ends, for cron and other callers.
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

    /// The status of a batch of which nothing is on its way.
    init(of statement: BatchStatement) {
        if statement.notSent.rows > 0 {
            self = .paused
        } else if statement[.unknown].rows + statement[.sending].rows + statement[.review].rows > 0 {
            self = .someUnsettled
        } else if statement[.refused].rows > 0 {
            self = .someRefused
        } else {
            self = .everyRowPaid
        }
    }
}

extension ExitStatus: Comparable {
    /// From the best to the worst, where one status must stand for several.
    private static let ranking: [ExitStatus] = [
        .everyRowPaid, .someRefused, .someUnsettled, .wrongUse, .notFound, .invalidFile, .notAllowed, .paused,
        .bankUnreachable, .unexpected, .reportNotWritten, .configuration, .ledgerTrouble,
    ]

    static func < (left: ExitStatus, right: ExitStatus) -> Bool {
        (ranking.firstIndex(of: left) ?? 0) < (ranking.firstIndex(of: right) ?? 0)
    }
}

extension ExitStatus {
    /// The status that an error of the layers below stands for.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure.status
        case let error as LedgerError: self = Self.status(of: error)
        case let error as PayoutFileError: self = Self.status(of: error)
        case let refusal as Refusal: self = Self.status(of: refusal)
        case is ReportError: self = .reportNotWritten
        case is BatchReference.Invalid, is UnusableAmount: self = .wrongUse
        case is BankAddress.Invalid: self = .configuration
        default: self = Self.ofDesk(error) ?? .unexpected
        }
    }

    /// The status of an error that only the desk throws.
    private static func ofDesk(_ error: any Error) -> ExitStatus? {
        #if Desk
        switch error {
        case is UserName.Invalid: .wrongUse
        case is UsersFile.Trouble: .configuration
        default: nil
        }
        #else
        nil
        #endif
    }

    private static func status(of refusal: Refusal) -> ExitStatus {
        if case .changedMeanwhile = refusal { .paused } else { .notAllowed }
    }

    private static func status(of error: PayoutFileError) -> ExitStatus {
        switch error {
        case .notFound, .isDirectory, .unreadable: .notFound
        case .tooLarge, .rowTooLong, .changed: .invalidFile
        }
    }

    private static func status(of error: LedgerError) -> ExitStatus {
        switch error {
        case .cannotOpen, .notALedger, .newerVersion, .damaged, .cannotRead, .cannotWrite, .isGone, .diskAlmostFull,
            .logDamaged, .isMissing, .isSecond, .isCopy, .journalUnusable, .altered, .illegalTransition,
            .stateHasChanged:
            .ledgerTrouble
        case .keyMissing, .keyUnreadable, .keyDoesNotFit, .keyReplaced, .cardDoesNotOpen, .otherTotals,
            .approverIsMaker:
            .notAllowed
        case .runnerBusy: .paused
        case .alreadyImported, .referenceTaken, .sentFromAnotherLedger: .invalidFile
        case .noSuchBatch, .noSuchRow: .notFound
        case .mayBePaid, .nothingToDecide, .notToWithdraw: .wrongUse
        case .boundToAnotherBank, .otherKind: .configuration
        }
    }
}
