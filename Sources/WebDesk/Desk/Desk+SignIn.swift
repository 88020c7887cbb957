import Crypto
import Foundation
import Hummingbird
import Operations
import PaymentValues
import Payouts
import Processing
import Synchronization

extension Desk {
    func addSignIn(to router: Router<DeskContext>) {
        router.get("sign-in") { request, context in
            guard try context.identity.get() == nil else { return self.redirect(to: "/") }
            // A browser with an ended session gets an explanation.
            let isOver = request.cookies[self.sessionCookie]?.value.isEmpty == false
            return self.signInPage(
                for: request, context, trouble: isOver ? context.wording("sessionOver") : nil)
        }
        router.post("sign-in") { request, context in try await self.signIn(request, context) }
        router.post("sign-out") { request, context in
            let session = try context.signedIn()
            _ = try await self.form(request, session)
            try self.record(.signOut, by: session, context)
            if let token = request.cookies[self.sessionCookie]?.value { self.sessions.end(token) }
            self.forget(session)
            var response = self.redirect(to: "/sign-in")
            response.setCookie(self.cookie(self.sessionCookie, "", maxAge: 0))
            return response
        }
    }

    private struct SignInPage {
        let trouble: String?
        let formToken: String
    }

    private static let formCookie = "payout-form"

    private func signInPage(
        for request: Request, _ context: DeskContext, trouble: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let nonce = Token(random: random)
        var response = page(
            "sign-in", context.wording("signInTitle"),
            SignInPage(trouble: trouble, formToken: signature(of: nonce.text)),
            for: request, context, status: status)
        response.setCookie(cookie(Self.formCookie, nonce.text))
        return response
    }

    private func signature(of nonce: String) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: Data(nonce.utf8), using: SymmetricKey(data: formKey)))
            .base64EncodedString()
    }

    private func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: configuration.isSecure, httpOnly: true,
            sameSite: .strict)
    }

    private func signIn(_ request: Request, _ context: DeskContext) async throws -> Response {
        let form = try await form(request)
        let nonce = request.cookies[Self.formCookie]?.value ?? ""
        guard Token(text: signature(of: nonce)).matches(form["token"]) else {
            return signInPage(for: request, context, trouble: context.wording("staleFormHelp"), status: .forbidden)
        }
        // Treat an invalid name like a valid one, so that an attacker cannot tell which names exist.
        let given = maskingTrueCardNumbers(in: String(form["name"].lowercased().prefix(64)))
        let now = operations.time.now()
        let wait = limit.withLock { limit in
            let wait = limit.wait(for: given, at: now)
            if wait == nil { limit.begin(given, at: now) }
            return wait
        }
        if let wait {
            try audit.record(.init(act: .signInHeldBack, who: given, from: context.remote))
            let minutes = Int((wait / 60).rounded(.up))
            return signInPage(
                for: request, context, trouble: context.wording("tooManyTries", count: minutes),
                status: .tooManyRequests)
        }
        let user = try configuration.users.users().first { $0.name.text == given }
        let password = form["password"]
        // Checking an unknown name takes as long as checking a known one.
        let tried = user?.password ?? dummyPassword
        let fits = try await offload { try tried.matches(password) }
        guard let user, fits else {
            try audit.record(.init(act: .signInFailed, who: given, from: context.remote))
            return signInPage(
                for: request, context, trouble: context.wording("wrongPassword"), status: .unauthorized)
        }
        try audit.record(.init(act: .signIn, who: user.name.text, from: context.remote))
        limit.withLock { $0.succeed(given) }
        if let token = request.cookies[sessionCookie]?.value { sessions.end(token) }
        let (_, token) = sessions.begin(user, at: operations.time.now())
        var response = redirect(to: "/")
        response.setCookie(cookie(sessionCookie, token.text))
        response.setCookie(cookie(Self.formCookie, "", maxAge: 0))
        return response
    }
}
