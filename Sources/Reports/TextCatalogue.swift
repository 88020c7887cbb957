import Foundation
import PaymentValues
package import Payouts

/// Texts in one language, by key. `{name}` is a placeholder. ` | ` separates plural forms.
package struct TextCatalogue: Sendable {
    package let language: Language
    package let texts: [String: String]
    private let number: @Sendable (Int) -> String

    /// Reads the texts.
    /// - Parameters:
    ///   - file: lines of the form `key = text`. A line that starts with `#` is a comment.
    ///   - more: texts from elsewhere. The file has precedence.
    ///   - number: formats the number of a counted text.
    package init(
        _ language: Language, _ file: [UInt8], with more: [String: String] = [:],
        number: @escaping @Sendable (Int) -> String = Figures.number
    ) {
        self.language = language
        self.number = number
        var texts = more
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
    package func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        fill(texts[key] ?? key, values)
    }

    /// Returns the text of a key in the plural form for a number. The placeholder `{n}` is the number.
    package func callAsFunction(_ key: String, count: Int, _ values: [String: String] = [:]) -> String {
        let forms = forms(key)
        let form = forms[min(PluralRule(language).form(count), forms.count - 1)]
        return fill(form, values.merging(["n": number(count)]) { given, _ in given })
    }

    /// Returns all plural forms of a text.
    package func forms(_ key: String) -> [String] {
        (texts[key] ?? key).components(separatedBy: " | ")
    }

    /// Fills the placeholders in one pass: a value may have braces in it.
    private func fill(_ text: String, _ values: [String: String]) -> String {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            filled += rest[..<open] + (values[name] ?? "{\(name)}")
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}

extension TextCatalogue {
    private static let commands: [Language: TextCatalogue] = [
        // A terminal shows plain spaces in numbers. English numbers have none, as programs may read them.
        .ru: TextCatalogue(.ru, PackageResources.ru_txt) { $0.grouped },
        .uz: TextCatalogue(.uz, PackageResources.uz_txt) { $0.grouped },
        .en: TextCatalogue(.en, PackageResources.en_txt) { String($0) },
    ]

    /// Returns the texts of the command line.
    package static func ofCommands(_ language: Language) -> TextCatalogue {
        guard let catalogue = commands[language] else { preconditionFailure("every language has its texts") }
        return catalogue
    }
}
