/// The methods for bills that a customer's card pays, at once or after a hold. All but ``checkBill(_:)`` move money,
/// and the client sends them once. If the ``MerchantError/mayHaveTakenEffect`` of an error is true, ask ``status(_:)``
/// about the bill.
extension MerchantClient {
    /// Asks whether an account can be paid, and for the bill's number (BM-MERCHANT-API 6.1, method 6). It moves no
    /// money.
    /// - Throws: ``MerchantError``. An answer about another amount or account is untrusted.
    public func checkBill(_ check: BillCheck) async throws(MerchantError) -> BillAnswer {
        try await call(check)
    }

    /// Pays a checked bill (BM-MERCHANT-API 6.1, method 7).
    /// - Throws: ``MerchantError``. `bill_not_found`, or a code about the OTP, means that nothing was paid.
    public func payBill(_ payment: BillPayment) async throws(MerchantError) -> BillAnswer {
        try await call(payment)
    }

    /// Holds the amount of a checked bill (BM-MERCHANT-API 6.1, method 8).
    /// - Throws: ``MerchantError``. `bill_not_found`, or a code about the OTP, means that nothing is held.
    public func holdBill(_ hold: BillHold) async throws(MerchantError) -> BillAnswer {
        try await call(hold)
    }

    /// Takes the held money (BM-MERCHANT-API 6.1, method 9).
    /// - Throws: ``MerchantError``
    public func confirmHold(_ confirmation: HoldConfirmation) async throws(MerchantError) -> BillAnswer {
        try await call(confirmation)
    }

    /// Holds up to 30 % more (BM-MERCHANT-API 6.1, method 10). The bank decides how much may be added.
    /// - Throws: ``MerchantError``
    public func addToHold(_ increase: HoldIncrease) async throws(MerchantError) -> BillAnswer {
        try await call(increase)
    }

    /// Cancels a payment (BM-MERCHANT-API 6.1, method 11).
    /// - Throws: ``MerchantError``, also if the login lacks the role for it.
    public func cancelPayment(_ cancellation: PaymentCancellation) async throws(MerchantError) -> BillAnswer {
        try await call(cancellation)
    }

    /// Releases the whole hold (BM-MERCHANT-API 6.1, method 12).
    /// - Throws: ``MerchantError``
    public func reverseHold(_ reversal: HoldReversal) async throws(MerchantError) -> BillAnswer {
        try await call(reversal)
    }

    /// Releases a part of a hold (BM-MERCHANT-API 6.1, method 13). The answer's amount is the amount that stays held.
    /// - Throws: ``MerchantError``
    public func reversePartOfHold(_ reversal: PartialHoldReversal) async throws(MerchantError) -> BillAnswer {
        try await call(reversal)
    }
}
