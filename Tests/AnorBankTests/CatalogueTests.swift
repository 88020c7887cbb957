import AnorBank
import MerchantAPI
import Payouts
import Testing

@Suite struct CatalogueTests {
    private let catalogue = AnorBank.catalogue
    private let ours = ReasonCode.failedAtBank

    @Test(arguments: CataloguedError.allCases) func everyCodeOfTheBankHasATextInEachLanguage(code: CataloguedError) {
        let reason = ReasonCode(rawValue: code.rawValue)
        let texts = Set(Language.allCases.compactMap { catalogue.text(of: reason, in: $0) })
        #expect(texts == [code.text.uz, code.text.ru, code.text.en])
        let advice = Language.allCases.compactMap { catalogue.advice(onRefusal: reason, in: $0) }
        #expect(advice.isEmpty || Set(advice).count == Language.allCases.count, "\(advice)")
        #expect(advice.allSatisfy { $0.hasSuffix(".") })
    }

    @Test func aRowWithAMistakeIsCorrectedFirstAndEveryOtherRunsAgain() {
        let toCorrect: Set = [
            "card_not_found", "card_not_active", "card_not_valid", "bank_not_supported", "invalid_params",
            "invalid_request", "p2p_request_not_valid", "limit_exceeded",
        ]
        for code in CataloguedError.allCases.map(\.rawValue) {
            let remedy = catalogue.remedy(ofRefusal: ReasonCode(rawValue: code))
            #expect(remedy == (toCorrect.contains(code) ? .correct : .runAgain), "\(code)")
        }
    }

    @Test func aCodeThatIsNotTheBanksHasNoTextAndNoAdvice() {
        #expect(catalogue.text(of: ours, in: .en) == nil && catalogue.advice(onRefusal: ours, in: .en) == nil)
        #expect(catalogue.remedy(ofRefusal: ours) == .runAgain)
    }

    @Test func threeCodesHintAtAFaultOfMoreThanOneRow() {
        #expect(
            Set(catalogue.suspectCodes.map(\.rawValue))
                == ["invalid_params", "p2p_request_not_valid", "limit_exceeded"])
    }
}
