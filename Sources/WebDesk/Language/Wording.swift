import Foundation
import Payouts
import Reports

/// The texts of the desk in one language, by key. They come from `Wording/` and from the words of the report. `{name}`
/// is a placeholder. ` | ` separates plural forms.
struct Wording: Sendable {
    let language: Language
    /// All texts by key, for templates.
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
        var texts = Words.of(language).ofPages
        for line in String(decoding: file, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " = ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            texts[String(parts[0])] = String(parts[1])
        }
        self.texts = texts
    }

    /// Returns the text of a key.
    ///
    /// - Parameter values: the values of its placeholders.
    func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        fill(texts[key] ?? key, values)
    }

    /// Returns the text of a key in the plural form for a number. The placeholder `{n}` is the number.
    func callAsFunction(_ key: String, count: Int, _ values: [String: String] = [:]) -> String {
        let forms = (texts[key] ?? key).components(separatedBy: " | ")
        let form = forms[min(PluralRule(language).form(count), forms.count - 1)]
        return fill(form, values.merging(["n": Figures.number(count)]) { given, _ in given })
    }

    /// Returns a line for each kind of warning, with the number of warnings.
    func kinds(of warnings: [WarningKind: Int]) -> [String] {
        warnings.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
            "\(Words.of(language).warningKinds[kind] ?? kind.rawValue): \(Figures.number(count))"
        }
    }

    private func fill(_ text: String, _ values: [String: String]) -> String {
        values.reduce(text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
    }
}
