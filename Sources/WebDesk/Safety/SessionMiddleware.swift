import HTTPTypes
import Hummingbird
import Payouts

/// Finds the session of a request and the language of the answer.
struct SessionMiddleware: RouterMiddleware {
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
            // Serve assets even when the session lookup fails: the error page needs its style sheet.
            context.identity = Result { try desk.session(token, isPolling: request.uri.path.hasSuffix("/progress")) }
            if context.session != nil { desk.connections.recognize(context.connection) }
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

    /// Returns the first supported language of an `Accept-Language` header, or Russian if it names none.
    static func preferred(_ header: String) -> Language {
        header.split(separator: ",").lazy
            .compactMap { Language(rawValue: String($0.drop { $0 == " " }.prefix(2)).lowercased()) }.first ?? .ru
    }
}
