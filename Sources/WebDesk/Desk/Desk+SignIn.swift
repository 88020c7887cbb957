import Foundation
import HTTPTypes
import Hummingbird
import Operations
import PaymentValues
import Payouts
import Processing
import Synchronization

extension Desk {
    func addSignIn(to router: Router<DeskContext>) {
        router.get("sign-in") { request, context in
            guard try context.identity.get() == nil else {
                return self.redirect(to: Self.pageAfterSignIn(request.query["next"]))
            }
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
        let formToken, typedName, next: String
        let isNamed: Bool
    }

    private static let formCookie = "payout-form"

    private func signInPage(
        for request: Request, _ context: DeskContext, trouble: String? = nil, name: String = "", next: String? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let nonce = signInForm.nonce(
            kept: request.cookies[Self.formCookie]?.value, at: operations.time.now(), random: random)
        let next = Self.pageAfterSignIn(next ?? request.query["next"])
        var response = page(
            "sign-in", context.wording("signInTitle"),
            SignInPage(
                trouble: trouble, formToken: signInForm.token(for: nonce), typedName: name,
                next: next == "/" ? "" : next, isNamed: !name.isEmpty),
            at: PageURL(path: "/sign-in", query: next == "/" ? [:] : ["next": next]), context, status: status)
        response.setCookie(cookie(Self.formCookie, nonce))
        return response
    }

    private func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: maxAge, path: "/", secure: configuration.isSecure, httpOnly: true,
            sameSite: .strict)
    }

    /// Returns the cookie of a session.
    func sessionCookie(_ token: Token) -> Cookie { cookie(sessionCookie, token.text) }

    /// Returns the cookie that marks a browser as one of the user's.
    func deviceCookie(_ mark: DeviceMark, of user: User) -> Cookie {
        cookie(deviceCookie(of: user), mark.text, maxAge: Self.deviceLifetime)
    }

    private func deviceCookie(of user: User) -> String {
        (configuration.isSecure ? "__Host-" : "") + "payout-device-\(user.name)"
    }

    /// The time in seconds for which a browser counts as known.
    private static let deviceLifetime = 180 * 86_400

    private func signIn(_ request: Request, _ context: DeskContext) async throws -> Response {
        let form = try await form(request)
        let next = Self.pageAfterSignIn(form["next"])
        // Treat an invalid name like a valid one, so that an attacker cannot tell which names exist.
        let typed = form["name"].lowercased().trimmingCharacters(in: .whitespacesAndNewlines)
        let given = maskingTrueCardNumbers(in: String(typed.prefix(64)))
        func again(_ trouble: String, _ status: HTTPResponse.Status) -> Response {
            signInPage(for: request, context, trouble: trouble, name: given, next: next, status: status)
        }
        let now = operations.time.now()
        let nonce = request.cookies[Self.formCookie]?.value ?? ""
        guard signInForm.isValid(form["token"], nonce: nonce, at: now) else {
            return again(context.wording("staleFormHelp"), .forbidden)
        }
        let user = try configuration.users.users().first { $0.name.text == given }
        let mark = user.flatMap { user in
            request.cookies[deviceCookie(of: user)].flatMap { DeviceMark($0.value, of: user) }
        }
        let client = SignInLimit.Client(name: given, address: ClientAddress(context.remote), device: mark?.id)
        let unlocked = try configuration.users.unlocked(given)
        let wait = limit.withLock { limit in
            if let unlocked { limit.forget(given, before: unlocked) }
            let wait = limit.wait(for: client, at: now)
            if wait == nil { limit.begin(client, at: now) }
            return wait
        }
        if let wait {
            audit.note(.init(act: .signInHeldBack, who: given, from: context.remote))
            let minutes = Int((wait / 60).rounded(.up))
            return again(context.wording("tooManyTries", count: minutes), .tooManyRequests)
        }
        let password = form["password"]
        // Checking an unknown name takes as long as checking a known one.
        let fits = try await passwords.matches(password, user?.password ?? dummyPassword)
        guard let user, fits else {
            audit.note(.init(act: .signInFailed, who: given, from: context.remote))
            return again(context.wording("wrongPassword"), .unauthorized)
        }
        try audit.record(.init(act: .signIn, who: user.name.text, from: context.remote))
        limit.withLock { $0.succeed(client) }
        var response = redirect(to: next)
        let earlier = request.cookies[sessionCookie]?.value ?? ""
        // Another tab of this browser may have signed in meanwhile, and may have unfinished work.
        if context.session?.user.name == user.name, let token = sessions.renew(earlier, at: operations.time.now()) {
            response.setCookie(sessionCookie(token))
        } else {
            sessions.end(earlier)
            if let session = context.session { forget(session) }
            let (_, token) = sessions.begin(user, at: operations.time.now())
            response.setCookie(sessionCookie(token))
        }
        let known = mark ?? DeviceMark(of: user, random: random)
        response.setCookie(deviceCookie(known, of: user))
        return response
    }
}

/// Leads to the sign-in page and back.
extension Desk {
    /// Returns the answer to a request without a session: the sign-in page, which leads back to the requested page.
    func signInFirst(for request: Request, _ context: DeskContext) -> Response {
        let place = request.place
        // The browser sends no cookie with a link from a mail or from another site. With a link from a page of the desk
        // it does.
        if request.method == .get, request.headers[.secFetchMode] == "navigate",
            ["cross-site", "same-site"].contains(request.headers[.secFetchSite]),
            request.cookies[sessionCookie] == nil
        {
            return page(
                "reopen", context.wording("openingPage"), ReopenPage(target: place.address()), at: place, context)
        }
        let next = request.uri.path.hasSuffix("/progress") ? "/" : Self.pageAfterSignIn(place.address())
        return redirect(to: "/sign-in" + Self.query(["next": next == "/" ? "" : next]))
    }

    private struct ReopenPage {
        let target: String
    }

    /// Returns the page to show after sign-in: a page of batches, or the first page.
    static func pageAfterSignIn(_ address: String?) -> String {
        guard let address, address.utf8.count <= 500, address.hasPrefix("/batches/"),
            address.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !#""'<>\^`{|}"#.utf8.contains($0) })
        else { return "/" }
        return address
    }
}
