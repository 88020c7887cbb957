import PaymentValues
import Testing

@Suite struct CardNumberTests {
    private static let publicTestCards = ["8600069195406311", "8600495473316478", "8600060921090842"]

    @Test(arguments: publicTestCards) func cardsWithARightCheckDigitAreCards(digits: String) throws {
        #expect(try CardNumber(digits).digits == digits)
    }

    @Test(arguments: publicTestCards) func everyOtherCheckDigitIsRefused(digits: String) {
        for last in "0123456789" where last != digits.last {
            #expect(throws: CardNumber.Invalid.checkDigit) { try CardNumber(digits.dropLast() + String(last)) }
        }
    }

    @Test(arguments: [
        "", "860006919540631", "86000691954063110", "8600 0691 9540 6311", "860006919540631x", "８６０００６９１９５４０６３１１",
    ])
    func aCardHas16Digits(text: String) {
        #expect(throws: CardNumber.Invalid.shape) { try CardNumber(text) }
    }

    @Test func noWayOfShowingACardShowsItWhole() throws {
        struct Holder {
            let card: CardNumber
        }
        let card = try CardNumber("8600069195406311")
        var dumped = ""
        dump(Holder(card: card), to: &dumped)
        for shown in ["\(card)", String(reflecting: card), "\(Holder(card: card))", "\([card])", dumped] {
            #expect(shown.contains("860006******6311") && !shown.contains(card.digits))
        }
        #expect(card.masked == "860006******6311")
        #expect(Mirror(reflecting: card).children.allSatisfy { "\($0.value)" == card.masked })
    }
}
