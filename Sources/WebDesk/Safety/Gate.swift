import Foundation
import HTTPTypes
import Hummingbird
import Payouts

/// Headers that keep a browser from doing anything with a page but showing it.
struct SafetyHeaders: RouterMiddleware {
    let isSecure: Bool

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        // Not `no-referrer`: a browser would then hide from us which page a form was sent from.
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = name("Referrer-Policy")
    fileprivate static let crossOriginOpenerPolicy = name("Cross-Origin-Opener-Policy")
    fileprivate static let permissionsPolicy = name("Permissions-Policy")
    static let secFetchSite = name("Sec-Fetch-Site")

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) names a header") }
        return name
    }
}

/// Lets in what calls the desk by its own name, and of what would change something only what its own pages send.
struct Gate: RouterMiddleware {
    let names: Set<String>
    let isSecure: Bool

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        guard let authority = request.head.authority, names.contains(Self.name(of: authority)) else {
            throw DeskRefusal.wrongHost
        }
        if request.method != .get, request.method != .head {
            guard isOwn(request, authority: authority) else { throw DeskRefusal.wrongOrigin }
        }
        return try await next(request, context)
    }

    /// Browsers say which page sends a form. What says nothing is no browser, and has no business here.
    private func isOwn(_ request: Request, authority: String) -> Bool {
        if let site = request.headers[.secFetchSite], site != "same-origin" { return false }
        guard let origin = request.headers[.origin] else { return request.headers[.secFetchSite] == "same-origin" }
        return origin == (isSecure ? "https://" : "http://") + authority
    }

    /// Without its port.
    static func name(of authority: String) -> String {
        let authority = authority.lowercased()
        if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" }) + "]" }
        return String(authority.prefix { $0 != ":" })
    }
}

/// Finds out who asks, and in which language she is answered.
struct Identity: RouterMiddleware {
    let desk: Desk

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let chosen = request.query["lang"].flatMap(Language.init)
        context.language =
            chosen ?? request.cookies[Desk.languageCookie].flatMap { Language(rawValue: $0.value) }
            ?? Self.preferred(request.headers[.acceptLanguage] ?? "")
        if let token = request.cookies[desk.sessionCookie]?.value {
            // What needs nobody to be known, such as the style of the page that tells of it, is served in any case.
            context.identity = Result { try desk.session(token, isLook: request.uri.path.hasSuffix("/progress")) }
        }
        var response = try await next(request, context)
        if let chosen {
            response.setCookie(
                Cookie(
                    name: Desk.languageCookie, value: chosen.rawValue, maxAge: 365 * 86_400, path: "/",
                    secure: desk.configuration.isSecure, httpOnly: true, sameSite: .strict))
        }
        return response
    }

    /// The first of ours that a browser asks for; Russian where it asks for none.
    static func preferred(_ header: String) -> Language {
        header.split(separator: ",").lazy
            .compactMap { Language(rawValue: String($0.drop { $0 == " " }.prefix(2)).lowercased()) }.first ?? .ru
    }
}
