/// Bills paid from a customer's card, at once or held first. All but ``check(_:)`` move money and are sent once, whatever
/// happens.
extension MerchantClient {
    /// Asks whether an account can be paid, and for the bill's number (method 6).
    public func check(_ check: BillCheck) async throws(MerchantError) -> BillAnswer {
        try await call(check)
    }

    /// Pays a checked bill (method 7).
    public func payBill(_ payment: BillPayment) async throws(MerchantError) -> BillAnswer {
        try await call(payment)
    }

    /// Holds the sum of a checked bill (method 8).
    public func hold(_ hold: BillHold) async throws(MerchantError) -> BillAnswer {
        try await call(hold)
    }

    /// Takes what is held (method 9).
    public func confirmHold(_ confirmation: HoldConfirmation) async throws(MerchantError) -> BillAnswer {
        try await call(confirmation)
    }

    /// Holds up to 30 % more (method 10).
    public func addToHold(_ increase: HoldIncrease) async throws(MerchantError) -> BillAnswer {
        try await call(increase)
    }

    /// Takes a payment back (method 11).
    public func cancel(_ cancellation: PaymentCancellation) async throws(MerchantError) -> BillAnswer {
        try await call(cancellation)
    }

    /// Gives back all that is held (method 12).
    public func reverseHold(_ reversal: HoldReversal) async throws(MerchantError) -> BillAnswer {
        try await call(reversal)
    }

    /// Gives back a part of what is held; the answer's amount is what stays held (method 13).
    public func reversePartOfHold(_ reversal: PartialHoldReversal) async throws(MerchantError) -> BillAnswer {
        try await call(reversal)
    }
}
