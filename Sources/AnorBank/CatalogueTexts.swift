import MerchantAPI
import Payouts

/// The texts of Anor Bank's catalogue.
package struct CatalogueTexts: ReasonTexts {
    package init() {}

    package func text(of code: ReasonCode, in language: Language) -> String? {
        guard let text = CataloguedError(rawValue: code.rawValue)?.text else { return nil }
        return switch language {
        case .ru: text.ru
        case .uz: text.uz
        case .en: text.en
        }
    }
}
