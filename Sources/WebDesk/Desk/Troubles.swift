import Bookkeeping
import Foundation
import Hummingbird
import Logging
import PaymentValues
import PayoutFiles
import Payouts
import Processing

/// Turns what went wrong into a page that says what happened and what to do.
struct Troubles: RouterMiddleware {
    let desk: Desk

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch DeskRefusal.signInNeeded {
            return desk.redirect(to: "/sign-in")
        } catch {
            var context = context
            // A page under a foreign name shows nothing of who is signed in, and no token of a form.
            if case DeskRefusal.wrongHost? = error as? DeskRefusal { context.identity = .success(nil) }
            var trouble = Trouble(of: error, in: context.wording, figures: desk.figures)
            if trouble.isFault {
                desk.logger.error("\(request.method) \(request.shownPath): \(trouble.detail ?? trouble.text)")
            }
            if let act = (error as? DeskRefusal)?.audited {
                try desk.audit.record(
                    .init(
                        act: act, who: context.session?.user.name.text, from: context.remote,
                        detail: request.shownPath, outcome: "refused: \(trouble.status.code)"))
            }
            // Where there is nothing, the languages lead to the first page, as the button does.
            let isLost = trouble.status == .notFound && request.method != .get
            let place = isLost ? Place(path: "/") : request.place
            // Where it lies is nobody's business who is not signed in.
            if context.session == nil { trouble.detail = nil }
            return desk.page(
                "refusal", trouble.heading, RefusalPage(trouble, back: back(from: request, place), desk.figures),
                at: place, context, status: trouble.status)
        }
    }

    /// The page of the form; or of the batch, where the trouble was with one.
    private func back(from request: Request, _ place: Place) -> String {
        guard request.method == .get else { return place.address() }
        let parts = place.path.split(separator: "/")
        return parts.count > 2 && parts[0] == "batches" ? "/batches/\(parts[1])" : "/"
    }
}

private struct RefusalPage {
    let heading, text: String
    let advice, detail: String?
    let batches: [Line]
    let back: String

    struct Line {
        let href, name, stored: String
    }

    init(_ trouble: Trouble, back: String, _ figures: Figures) {
        self.back = back
        batches = trouble.batches.map {
            Line(
                href: Desk.path($0.reference), name: $0.reference.name,
                stored: "\(figures.dateTime($0.at)), \(Desk.person($0.who))")
        }
        heading = trouble.heading
        text = trouble.text
        advice = trouble.advice
        detail = trouble.detail
    }
}

/// What a person is told of an error, in her language.
struct Trouble {
    let status: HTTPResponse.Status
    let heading: String
    let text: String
    private(set) var advice: String?
    /// In English, for whoever looks after the machine.
    var detail: String?
    /// Those that it is about.
    private(set) var batches: [StoredBatch] = []
    /// Whether it is nothing that the person did.
    var isFault: Bool { detail != nil }

    init(of error: any Error, in w: Wording, figures: Figures) {
        switch error {
        case let error as DeskRefusal: self = Self.of(error, w)
        case let error as Refusal: self = Self.of(error, w)
        case let error as LedgerError: self = Self.of(error, w)
        case let error as PayoutFileError:
            self.init(.unprocessableContent, w("notStored"), error.message(in: w.language))
        case let error as UsersFile.Trouble:
            self.init(
                .serviceUnavailable, w("usersTrouble"), w("usersTroubleHelp"), detail: error.description)
        case let error as BatchReference.Invalid: self.init(of: error, heading: w("trouble"), w)
        case let error as HTTPError where error.status == .notFound: self = Self.of(DeskRefusal.notFound, w)
        case let error as HTTPError where error.status.code < 500: self = Self.of(DeskRefusal.malformed, w)
        default: self.init(.internalServerError, w("fault"), w("faultHelp"), detail: "\(error)")
        }
    }

    private init(_ status: HTTPResponse.Status, _ heading: String, _ text: String, detail: String? = nil) {
        self.status = status
        self.heading = heading
        // Whatever was typed or asked for may stand in it.
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

    private static func of(_ error: DeskRefusal, _ w: Wording) -> Trouble {
        switch error {
        case .signInNeeded: Trouble(.unauthorized, w("signInTitle"), w("signInAgain"))
        case .notAllowed(let role):
            Trouble(.forbidden, w("notAllowed"), w("notAllowedHelp", ["role": w("role.\(role.rawValue)")]))
        case .wrongHost: Trouble(.init(code: 421), w("wrongHost"), w("wrongHostHelp"))
        case .wrongOrigin: Trouble(.forbidden, w("wrongOrigin"), w("wrongOriginHelp"))
        case .staleForm: Trouble(.forbidden, w("staleForm"), w("staleFormHelp"))
        case .notFound: Trouble(.notFound, w("notFound"), w("notFoundHelp"))
        case .malformed: Trouble(.badRequest, w("malformed"), w("malformedHelp"))
        case .uploadTooLarge(let limit):
            Trouble(
                .contentTooLarge, w("uploadTooLarge"), w("uploadTooLargeHelp", ["megabytes": "\(limit >> 20)"]))
        case .uploadCut: Trouble(.badRequest, w("uploadCut"), w("uploadCutHelp"))
        case .severalFiles: Trouble(.badRequest, w("severalFiles"), w("severalFilesHelp"))
        case .moreThanAFile: Trouble(.badRequest, w("moreThanAFile"), w("moreThanAFileHelp"))
        case .badFileName(let error): Trouble(badFileName: error, w)
        case .noSuchFile: Trouble(.notFound, w("noSuchFile"), w("noSuchFileHelp"))
        case .sumNotRead: Trouble(.badRequest, w("trouble"), w("sumNotRead"))
        case .noteMissing: Trouble(.badRequest, w("trouble"), w("noteMissing"))
        case .nothingCorrected: Trouble(.badRequest, w("trouble"), w("nothingCorrected"))
        case .alreadyStored(let batches): Trouble(alreadyStored: batches, w)
        case .notBeforeApproval: Trouble(.conflict, w("notBeforeApproval"), w("notBeforeApprovalHelp"))
        }
    }

    private static func of(_ error: Refusal, _ w: Wording) -> Trouble {
        func som(_ amount: Tiyin) -> String { Figures.amount(amount) }
        return switch error {
        case .notApproved: Trouble(.conflict, w("notSent"), w("refusal.notApproved"))
        case .rowAboveLimit(let row, _, let limit):
            Trouble(.conflict, w("notSent"), w("refusal.rowAboveLimit", ["row": "\(row)", "limit": som(limit)]))
        case .batchAboveLimit(_, let sum, let limit):
            Trouble(.conflict, w("notSent"), w("refusal.batchAboveLimit", ["sum": som(sum), "limit": som(limit)]))
        case .dayAboveLimit(let sent, let toSend, let limit):
            Trouble(
                .conflict, w("notSent"),
                w("refusal.dayAboveLimit", ["sent": som(sent), "toSend": som(toSend), "limit": som(limit)]))
        case .changedMeanwhile: Trouble(.conflict, w("notSent"), w("refusal.changedMeanwhile"))
        }
    }

    private static func of(_ error: LedgerError, _ w: Wording) -> Trouble {
        switch error {
        case .runnerBusy(let holder): Trouble(.conflict, w("notSent"), w("ledger.runnerBusy", ["holder": holder]))
        case .alreadyImported(let references):
            Trouble(
                .conflict, w("notStored"),
                w("ledger.alreadyImported", ["names": references.map(\.name).joined(separator: ", ")]))
        case .sentFromAnotherLedger(let reference, let path):
            Trouble(
                .conflict, w("notStored"), w("ledger.sentFromAnotherLedger", ["name": reference.name]), detail: path)
        case .referenceTaken(let reference):
            Trouble(.conflict, w("notStored"), w("ledger.referenceTaken", ["name": reference.name]))
        case .noSuchBatch: Trouble(.notFound, w("notFound"), w("ledger.noSuchBatch"))
        case .noSuchRow(let row): Trouble(.notFound, w("notFound"), w("ledger.noSuchRow", ["row": "\(row)"]))
        case .stateHasChanged(let row, _), .illegalTransition(let row, _, _), .nothingToDecide(let row, _),
            .notToWithdraw(let row, _):
            Trouble(.conflict, w("trouble"), w("ledger.rowChanged", ["row": "\(row)"]))
        case .mayBePaid(let row): Trouble(.conflict, w("trouble"), w("ledger.mayBePaid", ["row": "\(row)"]))
        case .otherTotals(_, let stated, _):
            // What the batch has is not said: else the next try would be copied from here.
            Trouble(
                .conflict, w("notApprovedTitle"),
                w(
                    "ledger.otherTotals",
                    ["rows": Figures.number(stated.rows), "sum": Figures.amount(stated.sum)]))
        case .approverIsMaker: Trouble(.forbidden, w("notApprovedTitle"), w("ledger.approverIsMaker"))
        case .boundToAnotherBank(_, let bound, let asked):
            Trouble(
                .conflict, w("notSent"),
                BankIdentity(recorded: bound).isSandbox
                    ? w("ledger.begunInSandbox") : w("ledger.boundToAnotherBank", ["bound": bound, "asked": asked]),
                detail: error.description)
        case .cannotOpen, .notALedger, .newerVersion, .damaged, .cannotRead, .cannotWrite, .isGone, .diskAlmostFull,
            .keyMissing, .keyUnreadable, .keyDoesNotFit, .keyReplaced, .cardDoesNotOpen, .logDamaged, .isMissing,
            .isSecond,
            .isCopy, .otherKind, .journalUnusable, .altered:
            Trouble(.serviceUnavailable, w("ledgerTrouble"), w("ledgerTroubleHelp"), detail: error.description)
        }
    }
}

extension DeskRefusal {
    /// As what it is put on the record; `nil` where it is of no interest to anybody else.
    fileprivate var audited: AuditLog.Act? {
        switch self {
        case .notAllowed: .notAllowed
        case .wrongOrigin, .staleForm: .formRefused
        case .uploadTooLarge, .uploadCut, .severalFiles, .moreThanAFile, .badFileName: .uploadRefused
        case .signInNeeded, .wrongHost, .notFound, .malformed, .noSuchFile, .sumNotRead, .noteMissing,
            .nothingCorrected,
            .alreadyStored, .notBeforeApproval:
            nil
        }
    }
}
