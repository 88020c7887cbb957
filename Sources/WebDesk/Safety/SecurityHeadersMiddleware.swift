import HTTPTypes
import Hummingbird

/// Adds headers that allow a browser to show a page, and nothing else.
struct SecurityHeadersMiddleware: RouterMiddleware {
    let isSecure: Bool

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        // Do not use `no-referrer`: the browser would then hide which page sent a form.
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        // A body after HEAD would be read as the next answer on the connection.
        return request.method == .head ? response.createHeadResponse() : response
    }
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = name("Referrer-Policy")
    fileprivate static let crossOriginOpenerPolicy = name("Cross-Origin-Opener-Policy")
    fileprivate static let permissionsPolicy = name("Permissions-Policy")
    static let secFetchSite = name("Sec-Fetch-Site")
    static let secFetchMode = name("Sec-Fetch-Mode")
    static let forwarded = name("Forwarded")
    static let xForwardedFor = name("X-Forwarded-For")

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) names a header") }
        return name
    }
}
