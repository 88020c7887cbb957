/// Bills that a customer's card pays, at once or after a hold. All methods but ``checkBill(_:)`` move money, and the client
/// sends them once. After an error that ``MerchantError/mayHaveTakenEffect``, ask ``status(_:)`` about the bill.
extension MerchantClient {
    /// Asks whether an account can be paid, and for the bill's number (BM-MERCHANT-API 6.1, method 6). Moves no money.
    /// - Throws: ``MerchantError``. An answer about another amount or account is untrusted.
    public func checkBill(_ check: BillCheck) async throws(MerchantError) -> BillAnswer {
        try await call(check)
    }

    /// Pays a checked bill (BM-MERCHANT-API 6.1, method 7).
    /// - Throws: ``MerchantError``, with `bill_not_found` or a code about the OTP where nothing was paid.
    public func payBill(_ payment: BillPayment) async throws(MerchantError) -> BillAnswer {
        try await call(payment)
    }

    /// Holds the sum of a checked bill (BM-MERCHANT-API 6.1, method 8).
    /// - Throws: ``MerchantError``, with `bill_not_found` or a code about the OTP where nothing is held.
    public func holdBill(_ hold: BillHold) async throws(MerchantError) -> BillAnswer {
        try await call(hold)
    }

    /// Takes what is held (BM-MERCHANT-API 6.1, method 9).
    /// - Throws: ``MerchantError``
    public func confirmHold(_ confirmation: HoldConfirmation) async throws(MerchantError) -> BillAnswer {
        try await call(confirmation)
    }

    /// Holds up to 30 % more (BM-MERCHANT-API 6.1, method 10). The bank says how much may be added.
    /// - Throws: ``MerchantError``
    public func addToHold(_ increase: HoldIncrease) async throws(MerchantError) -> BillAnswer {
        try await call(increase)
    }

    /// Takes a payment back (BM-MERCHANT-API 6.1, method 11).
    /// - Throws: ``MerchantError``, also where the login lacks the role for it.
    public func cancelPayment(_ cancellation: PaymentCancellation) async throws(MerchantError) -> BillAnswer {
        try await call(cancellation)
    }

    /// Gives back all that is held (BM-MERCHANT-API 6.1, method 12).
    /// - Throws: ``MerchantError``
    public func reverseHold(_ reversal: HoldReversal) async throws(MerchantError) -> BillAnswer {
        try await call(reversal)
    }

    /// Gives back a part of what is held (BM-MERCHANT-API 6.1, method 13). The amount of the answer is what stays held.
    /// - Throws: ``MerchantError``
    public func reversePartOfHold(_ reversal: PartialHoldReversal) async throws(MerchantError) -> BillAnswer {
        try await call(reversal)
    }
}
