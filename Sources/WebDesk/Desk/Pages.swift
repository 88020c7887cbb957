import Foundation
import Hummingbird
import Mustache
import Operations
import PaymentValues
import Payouts

/// The templates of the pages.
struct Pages: Sendable {
    private let library: MustacheLibrary
    /// A text that changes with any file that browsers cache.
    let version: String

    init() throws {
        MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
        library = MustacheLibrary(
            templates: try Assets.templates.mapValues {
                try MustacheTemplate(
                    string: "{{% CONTENT_TYPE:\(EscapedHTML.name)}}" + String(decoding: $0, as: UTF8.self))
            })
        version = String(Assets.version.prefix(12))
    }

    func render(_ model: some Any, with template: String) -> String {
        (library.render(model, withTemplate: template) ?? "").htmlSteeringNothing
    }
}

/// Escapes HTML scalar by scalar. Mustache escapes by characters and so misses a quotation mark with a combining
/// accent. A browser would end the attribute there.
struct EscapedHTML: MustacheContentType {
    static let name = "ESCAPED_HTML"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

/// The frame around every page.
struct Frame {
    let lang: String
    let title: String
    let version: String
    let w: [String: String]
    let languages: [LanguageLink]
    let person: Person?
    /// The token for every form.
    let token: String
    let isSandboxed: Bool
    let notice: Shown?
    /// Whether a browser without JavaScript reloads the page automatically.
    let refreshes: Bool
    let page: Any

    struct LanguageLink {
        let code, name, href: String
        let isCurrent: Bool
    }

    struct Person {
        let name, role: String
    }

    struct Shown {
        let kind, text: String
        let isTrouble: Bool
    }
}

extension Desk {
    func page(
        _ template: String, _ title: String, _ model: some Any, for request: Request, _ context: DeskContext,
        status: HTTPResponse.Status = .ok, refreshes: Bool = false
    ) -> Response {
        page(template, title, model, at: request.place, context, status: status, refreshes: refreshes)
    }

    /// Renders a page.
    ///
    /// - Parameters:
    ///   - model: the values of the template.
    ///   - place: the address of the page, for the language links.
    func page(
        _ template: String, _ title: String, _ model: some Any, at place: PageURL, _ context: DeskContext,
        status: HTTPResponse.Status = .ok, refreshes: Bool = false
    ) -> Response {
        let session = context.session
        let frame = Frame(
            lang: context.language.rawValue, title: title, version: pages.version, w: context.wording.texts,
            languages: languageLinks(to: place, context.language),
            person: session.map {
                .init(name: $0.user.name.text, role: context.wording("role.\($0.user.role.rawValue)"))
            },
            token: session?.formToken.text ?? "", isSandboxed: self.operations.ledger.isSandbox,
            notice: session?.takeNotice().map {
                .init(kind: $0.kind.rawValue, text: $0.text, isTrouble: $0.kind == .trouble)
            },
            refreshes: refreshes, page: model)
        return html(pages.render(frame, with: template), status: status)
    }

    func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }

    private func languageLinks(to place: PageURL, _ current: Language) -> [Frame.LanguageLink] {
        Language.allCases.map { language in
            Frame.LanguageLink(
                code: language.rawValue, name: Wording.of(language)("languageName"), href: place.address(in: language),
                isCurrent: language == current)
        }
    }

    static func query(_ values: [String: String]) -> String {
        let parts = values.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
            .map { "\(escaped($0.key))=\(escaped($0.value))" }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    /// Percent-encodes a text as a part of an address.
    static func escaped(_ text: String) -> String {
        let allowed = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~")
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    static func path(_ batch: BatchReference) -> String { "/batches/" + escaped(batch.name) }
}

extension Request {
    /// The fields of the query, with cards masked. It is empty if the query cannot be read.
    var query: [String: String] {
        guard let text = uri.query, !text.isEmpty else { return [:] }
        return Self.fields(ofQuery: text)
    }

    /// Whether the query contains no card number that must be masked.
    var isShownAsAsked: Bool { uri.query.flatMap { Form($0)?.fields } ?? [:] == query }

    /// Returns the fields of a query with cards masked, because the page and its links show them again.
    static func fields(ofQuery text: String) -> [String: String] {
        (Form(text)?.fields ?? [:]).mapValues(maskingTrueCardNumbers(in:))
    }
}

/// The fields of a form.
struct Form: Sendable {
    let fields: [String: String]

    /// Parses a form. Returns `nil` if the text cannot be read.
    init?(_ text: String) {
        do {
            fields = try URLEncodedFormDecoder().decode([String: String].self, from: text)
        } catch {
            return nil
        }
    }

    subscript(field: String) -> String { fields[field] ?? "" }
}
