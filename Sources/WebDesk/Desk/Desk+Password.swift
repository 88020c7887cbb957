import Foundation
import Hummingbird
import Operations
import Payouts
import Processing
import Synchronization

/// The page on which people change their own password.
extension Desk {
    func addPassword(to router: Router<DeskContext>) {
        router.get("password") { _, context in
            _ = try context.signedIn()
            return self.passwordPage(context)
        }
        router.post("password") { request, context in
            let session = try context.signedIn()
            let form = try await self.form(request, session)
            return try await self.changePassword(form, session, context)
        }
    }

    private struct PasswordPage {
        let trouble: String?
    }

    private func passwordPage(_ context: DeskContext, trouble: String? = nil) -> Response {
        page(
            "password", context.wording("changePassword"), PasswordPage(trouble: trouble.map { context.wording($0) }),
            at: PageURL(path: "/password"), context, status: trouble == nil ? .ok : .unprocessableContent)
    }

    private func changePassword(_ form: Form, _ session: Session, _ context: DeskContext) async throws -> Response {
        let (name, now) = (session.user.name, operations.time.now())
        let (given, chosen) = (form["password"], form["new"])
        guard chosen.count >= PasswordRule.shortest else {
            return passwordPage(context, trouble: "passwordTooShort")
        }
        guard !PasswordRule.isEasyToGuess(chosen, of: name.text) else {
            return passwordPage(context, trouble: "passwordTooEasy")
        }
        guard chosen == form["repeated"] else { return passwordPage(context, trouble: "passwordsDiffer") }
        // Only a signed-in user can use up this limit, and only their own.
        let client = SignInLimit.Client(name: name.text, address: ClientAddress(nil), device: "password")
        let wait = limit.withLock { limit in
            let wait = limit.wait(for: client, at: now)
            if wait == nil { limit.begin(client, at: now) }
            return wait
        }
        if let wait { throw DeskRefusal.tooManyCodes(minutes: Int((wait / 60).rounded(.up))) }
        let (users, salt, cost) = (configuration.users, Data(random(16)), session.user.password.cost)
        guard try await passwords.matches(given, session.user.password) else {
            return passwordPage(context, trouble: "wrongOwnPassword")
        }
        limit.withLock { $0.succeed(client) }
        try record(.changePassword, by: session, context)
        let user = try await offload {
            let hash = try PasswordHash(of: chosen, salt: salt, cost: cost)
            return try users.change { users -> User? in
                guard let place = users.firstIndex(where: { $0.name == name }) else { return nil }
                users[place].password = hash
                return users[place]
            }
        }
        guard let user else { throw DeskRefusal.signInNeeded }
        // The new password ends all sessions of the user. This browser gets a new one.
        forget(session)
        let (renewed, token) = sessions.begin(user, at: now)
        renewed.change { $0.notice = Notice(kind: .done, text: context.wording("passwordChanged")) }
        var response = redirect(to: "/")
        response.setCookie(sessionCookie(token))
        response.setCookie(deviceCookie(DeviceMark(of: user, random: random), of: user))
        return response
    }
}
