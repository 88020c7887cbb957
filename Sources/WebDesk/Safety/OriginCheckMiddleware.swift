import HTTPTypes
import Hummingbird

/// Refuses requests to another host name, and requests that change something unless a page of the desk sent them.
struct OriginCheckMiddleware: RouterMiddleware {
    let names: Set<String>
    /// The names under which a proxy with TLS may serve the desk.
    let proxyNames: Set<String>
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

    /// Returns whether a page of the desk sent the request. Browsers say so in `Sec-Fetch-Site` or `Origin`. A request
    /// with neither header does not come from a browser and is refused.
    private func isOwn(_ request: Request, authority: String) -> Bool {
        if let site = request.headers[.secFetchSite], site != "same-origin" { return false }
        guard let origin = request.headers[.origin] else { return request.headers[.secFetchSite] == "same-origin" }
        if !isSecure, proxyNames.contains(Self.name(of: authority)), origin == "https://" + authority { return true }
        return origin == (isSecure ? "https://" : "http://") + authority
    }

    /// Returns the host name of an authority, in lower case and without its port. Removes nothing but a port.
    static func name(of authority: String) -> String {
        let authority = authority.lowercased()
        let end =
            authority.hasPrefix("[")
            ? authority.firstIndex(of: "]").map(authority.index(after:)) : authority.firstIndex(of: ":")
        guard let end else { return authority }
        let isPort = authority[end...].isEmpty || authority[end...].first == ":"
        let digits = authority[end...].dropFirst().utf8.allSatisfy { (48...57).contains($0) }
        return isPort && digits ? String(authority[..<end]) : authority
    }
}
