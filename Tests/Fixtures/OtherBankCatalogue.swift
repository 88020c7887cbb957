package import Payouts

/// The codes of an invented bank. It has one code, which asks for a correction of the row.
package struct OtherBankCatalogue: ReasonCatalogue {
    package let suspectCodes: Set<ReasonCode> = []

    package init() {}

    package func text(of code: ReasonCode, in language: Language) -> String? {
        isOurs(code) ? "bank's text in \(language.rawValue)" : nil
    }

    package func advice(onRefusal code: ReasonCode, in language: Language) -> String? {
        isOurs(code) ? "bank's advice in \(language.rawValue)" : nil
    }

    package func remedy(ofRefusal code: ReasonCode) -> Remedy {
        isOurs(code) ? .correct : .runAgain
    }

    private func isOurs(_ code: ReasonCode) -> Bool { code.rawValue == "card_not_found" }
}
