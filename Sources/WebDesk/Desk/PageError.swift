import Bookkeeping
import Foundation
import Hummingbird
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Reports

/// The text of an error for a person, in their language.
struct PageError {
    let status: HTTPResponse.Status
    let heading: String
    let text: String
    private(set) var advice: String?
    /// Technical details in English, for the administrator.
    var detail: String?
    /// The batches that the error is about.
    private(set) var batches: [StoredBatch] = []
    /// Whether the program or the machine caused the error, and not the person.
    var isFault: Bool { detail != nil }

    init(of error: any Error, in w: Wording, figures: Figures) {
        switch error {
        case let error as DeskRefusal: self = Self.of(error, w)
        case let error as OperationError: self = Self.of(error, w)
        case let error as LedgerError: self = Self.of(error, w)
        case let error as UsersFileError:
            self.init(
                .serviceUnavailable, w("usersTrouble"), w("usersTroubleHelp"), detail: error.description)
        case let error as PayoutFileError: self = Self.of(.unreadable(error), w)
        case let error as BatchReference.Invalid: self = Self.of(.badName(error), w)
        case let error as HTTPError where error.status == .notFound: self = Self.of(DeskRefusal.notFound, w)
        case let error as HTTPError where error.status.code < 500: self = Self.of(DeskRefusal.malformed, w)
        default: self = Self.of(.unexpected(error), w)
        }
    }

    private init(_ status: HTTPResponse.Status, _ heading: String, _ text: String, detail: String? = nil) {
        self.status = status
        self.heading = heading
        // The text may contain anything that the person typed or requested.
        self.text = maskingTrueCardNumbers(in: text)
        self.detail = detail.map(maskingTrueCardNumbers(in:))
    }

    private init(of error: BatchReference.Invalid, heading: String, _ w: Wording) {
        let text =
            if case .invisible(let scalar) = error.flaw {
                w("badBatchName.invisible", ["code": scalar.code])
            } else {
                w("badBatchName", ["longest": "\(BatchReference.longest)"])
            }
        self.init(.badRequest, heading, text)
    }

    private init(badFileName error: BatchReference.Invalid, _ w: Wording) {
        self.init(of: error, heading: w("notStored"), w)
        advice = w("renameFile")
    }

    private init(alreadyStored batches: [StoredBatch], _ w: Wording) {
        self.init(.conflict, w("notStored"), w("storedMeanwhile"))
        self.batches = batches
        advice = w("earlierHelp")
    }

    private static func of(_ error: DeskRefusal, _ w: Wording) -> PageError {
        switch error {
        case .signInNeeded: PageError(.unauthorized, w("signInTitle"), w("signInAgain"))
        case .notAllowed(let role):
            PageError(.forbidden, w("notAllowed"), w("notAllowedHelp", ["role": w("role.\(role.rawValue)")]))
        case .wrongHost: PageError(.init(code: 421), w("wrongHost"), w("wrongHostHelp"))
        case .wrongOrigin: PageError(.forbidden, w("wrongOrigin"), w("wrongOriginHelp"))
        case .staleForm: PageError(.forbidden, w("staleForm"), w("staleFormHelp"))
        case .notFound: PageError(.notFound, w("notFound"), w("notFoundHelp"))
        case .malformed: PageError(.badRequest, w("malformed"), w("malformedHelp"))
        case .uploadTooLarge(let limit):
            PageError(
                .contentTooLarge, w("uploadTooLarge"), w("uploadTooLargeHelp", ["megabytes": "\(limit >> 20)"]))
        case .uploadCut: PageError(.badRequest, w("uploadCut"), w("uploadCutHelp"))
        case .severalFiles: PageError(.badRequest, w("severalFiles"), w("severalFilesHelp"))
        case .moreThanAFile: PageError(.badRequest, w("moreThanAFile"), w("moreThanAFileHelp"))
        case .badFileName(let error): PageError(badFileName: error, w)
        case .noSuchFile: PageError(.notFound, w("noSuchFile"), w("noSuchFileHelp"))
        case .sumNotRead: PageError(.badRequest, w("trouble"), w("sumNotRead"))
        case .payerNotRead: PageError(.badRequest, w("trouble"), w("payerNotRead"))
        case .noteMissing: PageError(.badRequest, w("trouble"), w("noteMissing"))
        case .wrongCode: PageError(.unprocessableContent, w("trouble"), w("wrongCode"))
        case .tooManyCodes(let minutes):
            PageError(.tooManyRequests, w("trouble"), w("tooManyCodes", count: minutes))
        case .wrongPassword: PageError(.unprocessableContent, w("trouble"), w("wrongOwnPassword"))
        case .tooManyPasswords(let minutes):
            PageError(.tooManyRequests, w("trouble"), w("tooManyTries", count: minutes))
        case .secondFactorMissing: PageError(.unprocessableContent, w("trouble"), w("secondFactorMissing"))
        case .nothingCorrected: PageError(.badRequest, w("trouble"), w("nothingCorrected"))
        case .alreadyStored(let batches): PageError(alreadyStored: batches, w)
        case .notBeforeApproval: PageError(.conflict, w("notBeforeApproval"), w("notBeforeApprovalHelp"))
        }
    }

    private static func of(_ error: OperationError, _ w: Wording) -> PageError {
        switch error {
        case .ledger(let error): of(error, w)
        case .refused(let refusal): of(refusal, w)
        case .secondFactorNeeded: of(DeskRefusal.secondFactorMissing, w)
        case .correction(let error): of(error, w)
        case .badName(let error): PageError(of: error, heading: w("trouble"), w)
        // Another click saved or discarded it.
        case .unreadable(.notFound): PageError(.notFound, w("noSuchFile"), w("noSuchFileHelp"))
        case .unreadable(let error):
            PageError(.unprocessableContent, w("notStored"), error.message(in: w.language), detail: error.reason)
        case .noSuchBatch, .neitherFileNorBatch: PageError(.notFound, w("notFound"), w("ledger.noSuchBatch"))
        case .noLedger, .earlierLedger, .noLedgerFolder, .cannotMakeLedgerFolder, .cannotStage:
            PageError(.serviceUnavailable, w("ledgerTrouble"), w("ledgerTroubleHelp"), detail: "\(error)")
        case .bank(let error): PageError(.internalServerError, w("fault"), w("faultHelp"), detail: error.reason)
        case .report(let error): PageError(.internalServerError, w("fault"), w("faultHelp"), detail: error.description)
        case .unexpected(let error): PageError(.internalServerError, w("fault"), w("faultHelp"), detail: "\(error)")
        // The desk never causes these errors.
        case .noLedgerToRecover, .ledgerInTheWay, .importedUnderSeveralNames, .noSuchRows, .fileHasErrors,
            .correctionsHaveErrors, .otherTotals, .consent, .statement,
            .noInboxFolder, .cannotMakeInboxFolders, .inboxUnsafe, .inboxFile, .anotherRound:
            PageError(.internalServerError, w("fault"), w("faultHelp"), detail: "\(error)")
        }
    }

    /// Words errors that arise when a colleague changed the row first.
    private static func of(_ error: CorrectionError, _ w: Wording) -> PageError {
        switch error {
        case .noSuchRow(let row, _): PageError(.notFound, w("notFound"), w("ledger.noSuchRow", ["row": "\(row)"]))
        case .sumTooLarge:
            PageError(.conflict, w("notSent"), TextCatalogue.ofCommands(w.language)("correction.tooLarge"))
        case .otherCard(let row, _, _), .notRefused(let row, _), .notWanted(let row):
            PageError(.conflict, w("notSent"), w("ledger.rowChanged", ["row": "\(row)"]))
        }
    }

    private static func of(_ error: SendingRefusal, _ w: Wording) -> PageError {
        func som(_ amount: Tiyin) -> String { Figures.amount(amount) }
        return switch error {
        case .notApproved: PageError(.conflict, w("notSent"), w("refusal.notApproved"))
        case .rejected(_, let who, let note):
            PageError(.conflict, w("notSent"), w("refusal.rejected", ["who": Desk.person(who), "note": note]))
        case .rowAboveLimit(let row, _, let limit):
            PageError(.conflict, w("notSent"), w("refusal.rowAboveLimit", ["row": "\(row)", "limit": som(limit)]))
        case .batchAboveLimit(_, let sum, let limit):
            PageError(.conflict, w("notSent"), w("refusal.batchAboveLimit", ["sum": som(sum), "limit": som(limit)]))
        case .dayAboveLimit(let sent, let toSend, let limit):
            PageError(
                .conflict, w("notSent"),
                w("refusal.dayAboveLimit", ["sent": som(sent), "toSend": som(toSend), "limit": som(limit)]))
        case .changedMeanwhile: PageError(.conflict, w("notSent"), w("refusal.changedMeanwhile"))
        }
    }

    private static func of(_ error: LedgerError, _ w: Wording) -> PageError {
        switch error {
        case .runnerBusy(let holder): PageError(.conflict, w("notSent"), w("ledger.runnerBusy"), detail: holder)
        case .alreadyImported(let references):
            PageError(
                .conflict, w("notStored"),
                w("ledger.alreadyImported", ["names": references.map(\.name).joined(separator: ", ")]))
        case .sentFromAnotherLedger(let reference, let path):
            PageError(
                .conflict, w("notStored"), w("ledger.sentFromAnotherLedger", ["name": reference.name]), detail: path)
        case .referenceTaken(let reference):
            PageError(.conflict, w("notStored"), w("ledger.referenceTaken", ["name": reference.name]))
        case .noSuchBatch: PageError(.notFound, w("notFound"), w("ledger.noSuchBatch"))
        case .noSuchRow(let row): PageError(.notFound, w("notFound"), w("ledger.noSuchRow", ["row": "\(row)"]))
        case .stateHasChanged(let row, _), .illegalTransition(let row, _, _), .nothingToDecide(let row, _),
            .notToWithdraw(let row, _):
            PageError(.conflict, w("trouble"), w("ledger.rowChanged", ["row": "\(row)"]))
        case .mayBePaid(let row): PageError(.conflict, w("trouble"), w("ledger.mayBePaid", ["row": "\(row)"]))
        case .mayHaveBeenSentAgain(let row):
            PageError(.conflict, w("trouble"), w("ledger.mayHaveBeenSentAgain", ["row": "\(row)"]))
        case .otherTotals(_, let stated, _):
            // Do not show the batch's totals: the approver could copy them from here.
            PageError(
                .conflict, w("notApprovedTitle"),
                w(
                    "ledger.otherTotals",
                    ["rows": Figures.number(stated.rows), "sum": Figures.amount(stated.sum)]))
        case .correctionsNotKnown: PageError(.conflict, w("notApprovedTitle"), w("ledger.correctionsNotKnown"))
        case .approverIsMaker: PageError(.forbidden, w("notApprovedTitle"), w("ledger.approverIsMaker"))
        case .wasRejected: PageError(.conflict, w("notApprovedTitle"), w("ledger.wasRejected"))
        case .alreadyApproved: PageError(.conflict, w("alreadyApproved"), w("ledger.alreadyApproved"))
        case .nothingToReject: PageError(.conflict, w("trouble"), w("ledger.nothingToReject"))
        case .alreadyStarted: PageError(.conflict, w("trouble"), w("ledger.alreadyStarted"))
        case .boundToAnotherBank(_, let bound, let asked):
            PageError(
                .conflict, w("notSent"),
                BankIdentity(recorded: bound).isSandbox
                    ? w("ledger.begunInSandbox") : w("ledger.boundToAnotherBank", ["bound": bound, "asked": asked]),
                detail: error.description)
        case .cannotOpen, .notALedger, .newerVersion, .tooOld, .damaged, .cannotRead, .cannotWrite, .isGone,
            .diskAlmostFull,
            .keyMissing, .keyUnreadable, .keyDoesNotFit, .keyReplaced, .cardDoesNotOpen, .logDamaged, .isMissing,
            .isSecond,
            .isCopy, .otherKind, .journalUnusable, .altered:
            PageError(.serviceUnavailable, w("ledgerTrouble"), w("ledgerTroubleHelp"), detail: error.description)
        }
    }
}
