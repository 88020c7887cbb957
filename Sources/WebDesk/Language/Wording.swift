import Foundation
import Payouts
import Reports

/// What the desk says in one language: the sentences of `Wording/`, by key, beside the words of the report. `{name}` stands for what is said with it, and
/// forms for different numbers stand one after another, with ` | ` between them.
struct Wording: Sendable {
    let language: Language
    /// As templates take them.
    let texts: [String: String]

    static let all: [Language: Wording] = [
        .ru: Wording(.ru, PackageResources.ru_txt), .uz: Wording(.uz, PackageResources.uz_txt),
        .en: Wording(.en, PackageResources.en_txt),
    ]

    static func of(_ language: Language) -> Wording {
        guard let wording = all[language] else { preconditionFailure("every language has its wording") }
        return wording
    }

    init(_ language: Language, _ file: [UInt8]) {
        self.language = language
        // The report has the apostrophe of the keyboard, by which its columns are read back.
        var texts = Words.of(language).ofPages.mapValues(Self.typographic)
        for line in String(decoding: file, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " = ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            texts[String(parts[0])] = String(parts[1])
        }
        self.texts = texts
    }

    /// Replaces the apostrophes of the keyboard, which the report has, by those of print.
    static func typographic(_ text: String) -> String {
        text.replacingOccurrences(of: "so'm", with: "so‘m").replacingOccurrences(of: "'", with: "’")
    }

    /// - Parameter values: what stands for `{name}`.
    func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        fill(texts[key] ?? key, values)
    }

    /// `{n}` is the number.
    func callAsFunction(_ key: String, count: Int, _ values: [String: String] = [:]) -> String {
        let forms = (texts[key] ?? key).components(separatedBy: " | ")
        let form = forms[min(PluralRule(language).form(count), forms.count - 1)]
        return fill(form, values.merging(["n": Figures.number(count)]) { given, _ in given })
    }

    /// Each kind of warning, with how many there are.
    func kinds(of warnings: [WarningKind: Int]) -> [String] {
        warnings.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
            "\(Words.of(language).warningKinds[kind] ?? kind.rawValue): \(Figures.number(count))"
        }
    }

    private func fill(_ text: String, _ values: [String: String]) -> String {
        values.reduce(text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
    }
}
