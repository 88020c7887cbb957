import Fixtures
import Foundation
import Testing

/// One thing has one word, in every text that people read: findings, pages, reports, guides, docs, command line.
@Suite struct GlossaryTests {
    /// A word that may not be used, and the one to use instead.
    private struct Ban {
        let language, instead: String
        let word: NSRegularExpression

        /// - Parameter line: `ru: \bоплат => выплачено`
        init(_ line: Substring) throws {
            let named = try #require(line.firstRange(of: ": "))
            let used = try #require(line.ranges(of: " => ").last)
            language = String(line[..<named.lowerBound])
            instead = String(line[used.upperBound...])
            word = try NSRegularExpression(
                pattern: String(line[named.upperBound..<used.lowerBound]), options: .caseInsensitive)
        }

        func isIn(_ text: String) -> Bool {
            word.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
        }
    }

    private static func bans() throws -> [Ban] {
        try String(contentsOf: Checkout.file("Tests/TidyTests/glossary.txt"), encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }.map(Ban.init)
    }

    /// Files with texts in all three languages.
    private static let mixed: Set = [
        "CataloguedText.swift", "Column+Name.swift", "FindingsTable.swift", "FindingsWorkbook.swift",
        "MonthWords.swift", "PayoutFileError.swift", "StatementError+Text.swift", "StatementProblem+Text.swift",
        "StatementWords.swift", "TemplateWorkbook.swift",
    ]
    /// Headings, units and texts of earlier versions, which payout still reads.
    private static let read: Set = [
        "Column.swift", "StatedSum.swift", "StatementColumn.swift", "EventCause+FormerText.swift",
    ]

    /// Returns the languages of the texts in a file; empty if people do not read it.
    private static func languages(of path: String) -> [String] {
        let url = URL(fileURLWithPath: path)
        let (name, stem) = (url.lastPathComponent, url.deletingPathExtension().lastPathComponent)
        if ["Sources/WebDesk/Wording/", "Sources/Reports/Wording/", "docs/guide/"].contains(where: path.hasPrefix) {
            return [stem]
        }
        if stem.hasSuffix("+Russian") { return ["ru"] }
        if stem.hasSuffix("+Uzbek") { return ["uz"] }
        if path.hasPrefix("Sources/Sandbox/") || read.contains(name) { return [] }
        return mixed.contains(name) ? ["ru", "uz", "en"] : ["en"]
    }

    /// Returns all catalogues, sources and pages of the docs, by their paths.
    private static func files() throws -> [(path: String, text: String)] {
        let paths = try ["Sources", "docs"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: Checkout.file(folder).path).map { "\(folder)/\($0)" }
        }
        return try (paths + ["README.md"]).filter { path in
            [".swift", ".md", ".txt"].contains(where: path.hasSuffix)
        }.map { ($0, try String(contentsOf: Checkout.file($0), encoding: .utf8)) }
    }

    @Test func noTextHasAWordThatTheGlossaryBans() throws {
        let bans = try Self.bans()
        for file in try Self.files() {
            let languages = Self.languages(of: file.path)
            let banned = bans.filter { languages.contains($0.language) && $0.isIn(file.text) }
            if banned.isEmpty { continue }
            for (number, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let text = String(line)
                // Comments are for developers.
                if text.trimmingCharacters(in: .whitespaces).hasPrefix("//") { continue }
                for ban in banned where ban.isIn(text) {
                    Issue.record("\(file.path):\(number + 1): \(text)\n\(ban.word.pattern) → \(ban.instead)")
                }
            }
        }
    }

    @Test(arguments: [
        ("ru", "Реестр оплачен."), ("ru", "Журнал недоступен."), ("ru", "Спросите банк."),
        ("uz", "Qatorni qaytarib olish"), ("uz", "Ism yoki parol"), ("uz", "100 so'm"), ("en", "1 row for review"),
        ("en", "Whoever looks after it"),
    ])
    func wordsOfEarlierVersionsAreFound(language: String, text: String) throws {
        #expect(try Self.bans().contains { $0.language == language && $0.isIn(text) })
    }

    @Test(arguments: [
        ("ru", "Нет доступа к журналу выплат; выплачено, исключите строку"), ("ru", "в техническом журнале программы"),
        ("uz", "To‘lovlar jurnali ochilmayapti, hisobraqamda mablag‘ yetarli emas"), ("uz", "Seans yakunlandi"),
        ("en", "The bank’s answer is in dispute; resend the row"),
    ])
    func wordsOfTheGlossaryAreAllowed(language: String, text: String) throws {
        #expect(try !Self.bans().contains { $0.language == language && $0.isIn(text) })
    }
}
