import Foundation
import Hummingbird
import PaymentValues
import Payouts

/// Where a page is to be had.
struct Place {
    let path: String
    var query: [String: String] = [:]

    /// - Parameter language: in which it is then shown; by default the one that is kept.
    func address(in language: Language? = nil) -> String {
        var query = query
        query["lang"] = language?.rawValue
        return path + Desk.query(query)
    }
}

extension Request {
    /// As it may be shown and logged: people type cards into addresses, too.
    var shownPath: String { "/" + uri.path.split(separator: "/").map(Desk.masked(part:)).joined(separator: "/") }

    /// The page that is asked for, or the one on which the form stands that was sent.
    var place: Place {
        if method == .get || method == .head { return Place(path: shownPath, query: query) }
        let path = Desk.page(ofForm: shownPath)
        // The browser says what was asked for, where it is this page.
        guard let referer = headers[.referer].flatMap(URLComponents.init), referer.percentEncodedPath == path,
            referer.percentEncodedHost.map({ host in
                host + (referer.port.map { ":\($0)" } ?? "") == head.authority
            }) == true, let text = referer.percentEncodedQuery
        else { return Place(path: path) }
        return Place(path: path, query: Self.fields(ofQuery: text))
    }
}

extension Desk {
    /// A part of a path, without a card.
    static func masked(part: Substring) -> String {
        escaped(maskingTrueCardNumbers(in: part.removingPercentEncoding ?? String(part)))
    }

    /// The page on which a form stands.
    static func page(ofForm path: String) -> String {
        let parts = path.split(separator: "/")
        switch parts.last {
        case "sign-in", "rerun": return path
        case "files", "sign-out", nil: return "/"
        default: return "/" + parts.dropLast().joined(separator: "/")
        }
    }
}
