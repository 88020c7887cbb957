import Hummingbird
import Logging
import Payouts
import Reports

/// Turns an error into a page that describes the error and the next step.
struct ErrorPageMiddleware: RouterMiddleware {
    let desk: Desk

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch DeskRefusal.signInNeeded {
            return desk.signInFirst(for: request, context)
        } catch {
            var context = context
            // A page under a foreign host name must not show the user or a form token.
            if case DeskRefusal.wrongHost? = error as? DeskRefusal { context.identity = .success(nil) }
            var pageError = PageError(of: error, in: context.wording, figures: desk.figures)
            if pageError.isFault {
                desk.logger.error("\(request.method) \(request.shownPath): \(pageError.detail ?? pageError.text)")
            }
            if let act = (error as? DeskRefusal)?.audited {
                let entry = AuditLog.Entry(
                    act: act, who: context.session?.user.name.text, from: context.remote, detail: request.shownPath,
                    outcome: "refused: \(pageError.status.code)")
                if context.session == nil { desk.audit.note(entry) } else { try desk.audit.record(entry) }
            }
            if var entry = context.begunAct.begun {
                entry.outcome = "refused: \(pageError.status.code)"
                try desk.audit.record(entry)
            }
            // If the page does not exist, the language links lead to the first page, like the button.
            let isLost = pageError.status == .notFound && request.method != .get
            let place = isLost ? PageURL(path: "/") : request.place
            // Hide technical details from anonymous users.
            if context.session == nil { pageError.detail = nil }
            return desk.page(
                "refusal", pageError.heading, RefusalPage(pageError, back: back(from: request, place), desk.figures),
                at: place, context, status: pageError.status)
        }
    }

    /// Returns the page of the form, or the page of the batch if the error is about one.
    private func back(from request: Request, _ place: PageURL) -> String {
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

    init(_ pageError: PageError, back: String, _ figures: Figures) {
        self.back = back
        batches = pageError.batches.map {
            Line(
                href: Desk.path($0.reference), name: $0.reference.name,
                stored: "\(figures.dateTime($0.at)), \(Desk.person($0.who))")
        }
        heading = pageError.heading
        text = pageError.text
        advice = pageError.advice
        detail = pageError.detail
    }
}

extension DeskRefusal {
    /// The audit event for this refusal, or `nil` if it is not audited.
    fileprivate var audited: AuditLog.Act? {
        switch self {
        case .notAllowed: .notAllowed
        case .wrongCode, .tooManyCodes, .wrongPassword, .tooManyPasswords: .codeRefused
        case .wrongOrigin, .staleForm: .formRefused
        case .uploadTooLarge, .uploadCut, .severalFiles, .moreThanAFile, .badFileName: .uploadRefused
        case .signInNeeded, .wrongHost, .notFound, .malformed, .noSuchFile, .sumNotRead, .payerNotRead, .noteMissing,
            .nothingCorrected, .secondFactorMissing,
            .alreadyStored, .notBeforeApproval:
            nil
        }
    }
}
