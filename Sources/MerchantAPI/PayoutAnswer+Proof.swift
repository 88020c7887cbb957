public import PaymentValues

extension PayoutAnswer {
    /// Whether this answer proves that an order is paid: HTTP 200, `success`, `statusCode` 0, the order's own agentTranId and amount,
    /// UZS where it names a currency, and the bank's id. An answer that does not is no refusal: nobody knows, and the
    /// bank must be asked (``MerchantClient/status(_:)``).
    public func proves(_ order: PayoutOrder) -> Bool {
        httpStatus == 200 && success && statusCode == 0 && agentTransactionID == order.id.number
            && amount == order.amount && (currency == nil || currency == 860) && bmID ?? 0 > 0
    }
}
