/// The result of an order at the bank, before faults change the answer.
enum PaySettlement {
    /// An error. Nothing is debited.
    case refused(BankError)
    /// A payment, made now or known before.
    case payment(Payment)
}
