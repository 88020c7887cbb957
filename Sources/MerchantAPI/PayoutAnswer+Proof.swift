public import PaymentValues

extension PayoutAnswer {
    /// Returns whether this answer proves that an order is paid.
    ///
    /// The proof is HTTP 200, `success`, `statusCode` 0, the order's own agentTranId and amount, and the bank's id. If
    /// the answer names a currency, it must be UZS. An answer without this proof is not a refusal. Ask the bank:
    /// ``MerchantClient/status(_:)``.
    public func proves(_ order: PayoutOrder) -> Bool {
        httpStatus == 200 && success && statusCode == 0 && agentTransactionID == order.id.number
            && amount == order.amount && (currency == nil || currency == 860) && bmID ?? 0 > 0
    }
}
