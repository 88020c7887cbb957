/// The methods for a customer's cards: confirm a card with a code, and list the cards.
extension MerchantClient {
    /// Sends a code to the phone of a card's holder (BM-MERCHANT-API 6.1, method 3).
    /// - Throws: ``MerchantError``. If ``MerchantError/mayHaveTakenEffect`` is true, an SMS may be on its way.
    public func sendOTP(_ request: OTPRequest) async throws(MerchantError) -> SentOTP {
        try await call(request)
    }

    /// Exchanges the code for the card's token (BM-MERCHANT-API 6.1, method 4).
    /// - Throws: ``MerchantError``. If ``MerchantError/mayHaveTakenEffect`` is true, the code may be used up or the
    ///   card confirmed.
    public func verifyOTP(_ verification: OTPVerification) async throws(MerchantError) -> CardToken {
        try await call(verification)
    }

    /// Lists the cards that were confirmed before (BM-MERCHANT-API 6.1, method 5).
    /// - Throws: ``MerchantError``
    public func userCards() async throws(MerchantError) -> [UserCard] {
        try await call(UserCards())
    }
}
