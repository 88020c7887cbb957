import MerchantAPI
import Payouts

/// Explains the codes of Anor Bank's catalogue to people.
struct AnorBankCatalogue: ReasonCatalogue {
    var suspectCodes: Set<ReasonCode> {
        Set([CataloguedError.invalidParams, .p2pRequestNotValid, .limitExceeded].map { ReasonCode($0) })
    }

    func text(of code: ReasonCode, in language: Language) -> String? {
        CataloguedError(code)?.text[language]
    }

    func advice(onRefusal code: ReasonCode, in language: Language) -> String? {
        CataloguedError(code)?.advice?[language]
    }

    func remedy(ofRefusal code: ReasonCode) -> Remedy {
        CataloguedError(code)?.remedy ?? .runAgain
    }
}

extension ReasonCode {
    init(_ catalogued: CataloguedError) {
        self.init(rawValue: catalogued.rawValue)
    }
}

extension CataloguedError {
    init?(_ code: ReasonCode) {
        self.init(rawValue: code.rawValue)
    }
}

extension CataloguedText {
    subscript(language: Language) -> String {
        switch language {
        case .ru: ru
        case .uz: uz
        case .en: en
        }
    }
}
