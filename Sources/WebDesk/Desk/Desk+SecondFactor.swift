import Foundation
import Hummingbird
import Operations
import Payouts
import Processing
import Synchronization

/// The second factor of a user: its page, and the codes that confirm approvals and payments.
extension Desk {
    func addSecondFactor(to router: Router<DeskContext>) {
        router.get("second-factor") { request, context in
            let session = try context.signedIn()
            return try self.secondFactorPage(session, request, context)
        }
        router.post("second-factor") { request, context in
            let session = try context.signedIn()
            let form = try await self.form(request, session)
            try await self.demandPassword(form["password"], of: session)
            return try await self.enrol(form["code"], session, request, context)
        }
        router.post("second-factor/replace") { request, context in
            let session = try context.signedIn()
            let form = try await self.form(request, session)
            let confirm = self.confirmation(form["code"], of: session)
            guard try await self.offload({ try confirm() }) != nil else { throw DeskRefusal.secondFactorMissing }
            session.change { $0.enrolment = self.newEnrolment(mayReplace: true) }
            return self.redirect(to: "/second-factor")
        }
    }

    /// Checks the password again, so that a stolen session cannot choose the app that confirms payments.
    private func demandPassword(_ typed: String, of session: Session) async throws {
        let client = try beginTry("password", of: session) { .tooManyPasswords(minutes: $0) }
        guard try await passwords.matches(typed, session.user.password) else { throw DeskRefusal.wrongPassword }
        limit.withLock { $0.succeed(client) }
    }

    /// Counts a try at something that could be guessed. Only a signed-in user can use up this limit, and only their own.
    private func beginTry(
        _ what: String, of session: Session, refusal: (Int) -> DeskRefusal
    ) throws(DeskRefusal) -> SignInLimit.Client {
        let now = operations.time.now()
        let client = SignInLimit.Client(name: session.user.name.text, address: ClientAddress(nil), device: what)
        let wait = limit.withLock { limit in
            let wait = limit.wait(for: client, at: now)
            if wait == nil { limit.begin(client, at: now) }
            return wait
        }
        if let wait { throw refusal(Int((wait / 60).rounded(.up))) }
        return client
    }

    private func newEnrolment(mayReplace: Bool) -> Session.Enrolment {
        .init(secret: AuthenticatorSecret(random: random), mayReplace: mayReplace)
    }

    private struct SecondFactorPage {
        let isEnrolled: Enrolled?
        let enrolment: Enrolment?
        let recovery: Recovery?

        struct Enrolled {
            let codesLeft: String
        }

        struct Enrolment {
            let size: Int
            let path, secret: String
        }

        struct Recovery {
            let codes: [String]
        }
    }

    private func secondFactorPage(_ session: Session, _ request: Request, _ context: DeskContext) throws -> Response {
        let factor = try current(session.user.name)?.secondFactor
        let enrolment = session.change { state in
            if factor != nil, state.enrolment?.mayReplace != true {
                state.enrolment = nil
            } else if state.enrolment == nil {
                state.enrolment = self.newEnrolment(mayReplace: false)
            }
            return state.enrolment
        }
        let code = try enrolment.map { try QRCode($0.secret.address(for: session.user.name)) }
        return secondFactorPage(
            SecondFactorPage(
                isEnrolled: enrolment == nil
                    ? factor.map {
                        .init(codesLeft: context.wording("recoveryCodesLeft", count: $0.recoveryCodesLeft))
                    } : nil,
                enrolment: code.flatMap { code in
                    enrolment.map { .init(size: code.size, path: code.path, secret: $0.secret.base32) }
                }, recovery: nil), request, context)
    }

    private func secondFactorPage(_ page: SecondFactorPage, _ request: Request, _ context: DeskContext) -> Response {
        self.page(
            "second-factor", context.wording("secondFactor"), page, at: PageURL(path: "/second-factor"), context)
    }

    /// Enrols the app whose QR code was shown, if it makes the right code.
    private func enrol(
        _ code: String, _ session: Session, _ request: Request, _ context: DeskContext
    ) async throws -> Response {
        guard let enrolment = session.change({ $0.enrolment }) else { throw DeskRefusal.secondFactorMissing }
        let now = operations.time.now()
        let recoveryCodes = SecondFactor.newRecoveryCodes(random: random)
        guard
            let factor = SecondFactor(enrolment.secret, provenBy: code, at: now, recoveryCodes: recoveryCodes)
        else { throw DeskRefusal.wrongCode }
        try record(.enrolSecondFactor, by: session, context)
        let (users, name) = (configuration.users, session.user.name)
        try await offload {
            try users.change { users in
                guard let place = users.firstIndex(where: { $0.name == name }),
                    users[place].secondFactor == nil || enrolment.mayReplace
                else { throw DeskRefusal.staleForm }
                users[place].secondFactor = factor
            }
        }
        session.change { $0.enrolment = nil }
        return secondFactorPage(
            SecondFactorPage(isEnrolled: nil, enrolment: nil, recovery: .init(codes: recoveryCodes)), request, context)
    }

    /// Returns the user's current entry in the users file.
    func current(_ name: UserName) throws -> User? {
        try configuration.users.users().first { $0.name == name }
    }

    /// Returns a function that checks a user's code and uses it up.
    ///
    /// - Throws: ``DeskRefusal/wrongCode``, ``DeskRefusal/tooManyCodes(minutes:)`` or
    ///   ``DeskRefusal/secondFactorMissing``, when the function is called.
    func confirmation(_ code: String, of session: Session) -> ApproveBatch.Confirm {
        { [self] in
            let name = session.user.name
            guard try current(name)?.secondFactor != nil else {
                if operations.rules.requiresSecondFactor { throw DeskRefusal.secondFactorMissing }
                return nil
            }
            let now = operations.time.now()
            let client = try beginTry("second factor", of: session) { .tooManyCodes(minutes: $0) }
            let confirmation = try configuration.users.change { users in
                users.firstIndex { $0.name == name }.flatMap { users[$0].secondFactor?.accept(code, at: now) }
            }
            guard let confirmation else { throw DeskRefusal.wrongCode }
            limit.withLock { $0.succeed(client) }
            return confirmation
        }
    }
}

/// The part of a form that asks for a code.
struct ConfirmView {
    let asksForCode: Bool
    /// Whether the user must enrol first.
    let isMissing: Bool

    init(of session: Session, on desk: Desk) throws {
        asksForCode = try desk.current(session.user.name)?.secondFactor != nil
        isMissing = !asksForCode && desk.operations.rules.requiresSecondFactor
    }
}
