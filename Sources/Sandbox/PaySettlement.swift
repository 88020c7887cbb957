/// What a payment's order came to at the bank, before anything happens to the answer.
enum PaySettlement {
    /// Answered with an error; nothing is debited.
    case refused(BankError)
    /// There is a payment, made now or known before.
    case payment(Payment)
}
