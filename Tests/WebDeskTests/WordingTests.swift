import Fixtures
import Foundation
import Payouts
import Testing

@testable import WebDesk

/// The three languages have the same keys, and every key that a page uses.
@Suite struct WordingTests {
    private static let sources = Checkout.file("Sources/WebDesk")

    private static func keys(_ language: Language) -> Set<String> { Set(Wording.of(language).texts.keys) }

    private static func placeholders(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) })
    }

    @Test func everyLanguageHasEveryText() {
        for language in Language.allCases {
            #expect(Self.keys(language) == Self.keys(.ru), "\(language)")
        }
    }

    @Test func everyLanguageSaysTheSameValues() throws {
        for key in Self.keys(.ru) {
            let russian = Self.placeholders(try #require(Wording.of(.ru).texts[key]))
            for language in [Language.uz, .en] {
                let text = try #require(Wording.of(language).texts[key])
                // The form for one may omit the number.
                #expect(Self.placeholders(text).union(["n"]) == russian.union(["n"]), "\(language) \(key)")
                #expect(!text.trimmingCharacters(in: .whitespaces).isEmpty)
            }
        }
    }

    @Test func countedTextsHaveThePluralFormsOfTheirLanguage() {
        for (key, text) in Wording.of(.ru).texts where text.contains(" | ") {
            let forms = text.components(separatedBy: " | ")
            #expect(forms.count == 3, "ru \(key)")
            // The first form serves 21 and 101 too.
            #expect(forms.allSatisfy { $0.contains("{n}") }, "ru \(key)")
            #expect(Wording.of(.en).texts[key]?.components(separatedBy: " | ").count == 2, "en \(key)")
            #expect(Wording.of(.uz).texts[key]?.contains(" | ") == false, "uz \(key)")
        }
    }

    /// All source files and templates.
    private static func files() throws -> [(name: String, text: String)] {
        try FileManager.default.subpathsOfDirectory(atPath: sources.path)
            .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".mustache") }
            .map { ($0, try String(contentsOf: sources.appendingPathComponent($0), encoding: .utf8)) }
    }

    @Test func everyUsedTextExists() throws {
        for file in try Self.files() {
            let asked =
                file.text.matches(of: /\bw(?:ording)?\(\s*"([a-zA-Z.]+)"/).map { String($0.1) }
                + file.text.matches(of: /\{\{w\.([a-zA-Z]+)\}\}/).map { String($0.1) }
            for key in asked { #expect(Self.keys(.ru).contains(key), "\(file.name): \(key)") }
        }
    }

    @Test func everyTextIsUsed() throws {
        let all = try Self.files().map(\.text).joined()
        let own = try String(contentsOf: Self.sources.appendingPathComponent("Wording/ru.txt"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }.map { String($0.prefix { $0 != " " }) }
        // Keys that the code composes.
        let families = ["role.", "advice.", "remedy.", "remedyHelp.", "effect."]
        for key in own where !families.contains(where: key.hasPrefix) {
            #expect(all.contains("\"\(key)\"") || all.contains("{{w.\(key)}}"), "\(key)")
        }
    }

    /// Unknown names in a template: the library silently renders them as empty.
    @Test func everyPageHasATemplate() throws {
        let pages = try Pages()
        for name in Assets.templates.keys {
            #expect(!pages.render(["w": Wording.of(.en).texts], with: name).contains("{{"), "\(name)")
        }
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Self.sources.appendingPathComponent("Pages").path)
        #expect(
            Set(files) == Set(Assets.templates.keys.map { "\($0).mustache" } + Assets.files.map(\.name)))
    }

    @Test func textsAreEscaped() {
        let text = EscapedHTML().escapeText("<b>&\"'\u{301}\"\u{301}")
        #expect(text == "&lt;b&gt;&amp;&quot;&#39;\u{301}&quot;\u{301}")
    }
}
