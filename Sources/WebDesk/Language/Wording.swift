import Foundation
import Payouts
import Reports

/// The texts of the desk in one language, by key. They come from `Wording/` and from the words of the report. `{name}`
/// is a placeholder. ` | ` separates plural forms.
struct Wording: Sendable {
    private let catalogue: TextCatalogue
    var language: Language { catalogue.language }
    /// All texts by key, for templates.
    var texts: [String: String] { catalogue.texts }

    static let all: [Language: Wording] = [
        .ru: Wording(.ru, PackageResources.ru_txt), .uz: Wording(.uz, PackageResources.uz_txt),
        .en: Wording(.en, PackageResources.en_txt),
    ]

    static func of(_ language: Language) -> Wording {
        guard let wording = all[language] else { preconditionFailure("every language has its wording") }
        return wording
    }

    init(_ language: Language, _ file: [UInt8]) {
        catalogue = TextCatalogue(language, file, with: Words.of(language).ofPages)
    }

    /// Returns the text of a key.
    ///
    /// - Parameter values: the values of its placeholders.
    func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue(key, values)
    }

    /// Returns the text of a key in the plural form for a number. The placeholder `{n}` is the number.
    func callAsFunction(_ key: String, count: Int, _ values: [String: String] = [:]) -> String {
        catalogue(key, count: count, values)
    }

    /// Returns a line for each kind of warning, with the number of warnings.
    func kinds(of warnings: [WarningKind: Int]) -> [String] {
        warnings.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, count in
            "\(Words.of(language).warningKinds[kind] ?? kind.rawValue): \(Figures.number(count))"
        }
    }
}
