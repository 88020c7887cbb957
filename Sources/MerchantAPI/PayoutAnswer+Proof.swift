public import PaymentValues

extension PayoutAnswer {
    /// Returns whether this answer proves that an order is paid: HTTP 200, `success`, `statusCode` 0, the order's own agentTranId
    /// and amount, the bank's id, and UZS if it names a currency.
    ///
    /// An answer without this proof is not a refusal. Ask the bank: ``MerchantClient/status(_:)``.
    public func proves(_ order: PayoutOrder) -> Bool {
        httpStatus == 200 && success && statusCode == 0 && agentTransactionID == order.id.number
            && amount == order.amount && (currency == nil || currency == 860) && bmID ?? 0 > 0
    }
}
