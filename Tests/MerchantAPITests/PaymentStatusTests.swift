import MerchantAPI
import Testing

@Suite struct PaymentStatusTests {
    @Test(arguments: [
        (PaymentStatus.Meaning.paid, "SUCCESS"),
        (.notPaid, "FAILED CHECK_FAIL EXPIRED CANCELLED REVERSED SENDER_CANCELLED"),
        (
            .inProgress,
            "NEW CHECK_OK CHECKING WAITING PAYING POSTPONED DEBITED GATEWAY_SUCCESS FINISHED success NEVER_HEARD"
        ),
        (.unclear, "CANCEL_FAILED RECIPIENT_CANCELLED GATEWAY_FAILED PAY_NEED_CONFIRM HOLD_SUCCESS INVOICE_NEW"),
    ])
    func everyWordHasItsMeaningAndOnlyADecisionIsFinal(meaning: PaymentStatus.Meaning, words: String) {
        for word in words.split(separator: " ") {
            let status = PaymentStatus(rawValue: String(word))
            #expect(status.meaning == meaning, "\(word)")
            #expect(status.isFinal == (meaning == .paid || meaning == .notPaid), "\(word)")
        }
    }
}
