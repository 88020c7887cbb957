import Foundation
import Hummingbird
import PaymentValues
import Payouts

/// The path and query of a page.
struct PageURL {
    let path: String
    var query: [String: String] = [:]

    /// Returns the address.
    ///
    /// - Parameter language: the language to switch the page to. `nil` keeps the language of the browser's cookie.
    func address(in language: Language? = nil) -> String {
        var query = query
        query["lang"] = language?.rawValue
        return path + Desk.query(query)
    }
}

extension Request {
    /// The path with cards masked, for pages and the log. People type card numbers into addresses too.
    var shownPath: String { "/" + uri.path.split(separator: "/").map(Desk.masked(part:)).joined(separator: "/") }

    /// The requested page, or for a form the page that contains it.
    var place: PageURL {
        if method == .get || method == .head { return PageURL(path: shownPath, query: query) }
        let path = Desk.page(ofForm: shownPath)
        // If the referrer is that page, it also gives the query.
        guard let referer = headers[.referer].flatMap(URLComponents.init), referer.percentEncodedPath == path,
            referer.percentEncodedHost.map({ host in
                host + (referer.port.map { ":\($0)" } ?? "") == head.authority
            }) == true, let text = referer.percentEncodedQuery
        else { return PageURL(path: path) }
        return PageURL(path: path, query: Self.fields(ofQuery: text))
    }
}

extension Desk {
    /// Masks card numbers in one part of a path.
    static func masked(part: Substring) -> String {
        escaped(maskingTrueCardNumbers(in: part.removingPercentEncoding ?? String(part)))
    }

    /// Returns the path of the page that contains the form with this action.
    static func page(ofForm path: String) -> String {
        let parts = path.split(separator: "/")
        switch parts.last {
        case "sign-in", "rerun": return path
        case "corrections": return "/" + parts.dropLast().joined(separator: "/") + "/review"
        case "files", "sign-out", nil: return "/"
        default: return "/" + parts.dropLast().joined(separator: "/")
        }
    }
}
