/// A customer's cards: confirmed by a code, and listed.
extension MerchantClient {
    /// Has a code sent to the phone of a card's holder (method 3).
    public func sendOTP(_ request: OTPRequest) async throws(MerchantError) -> SentOTP {
        try await call(request)
    }

    /// Hands in the code, for the card's token (method 4).
    public func verifyOTP(_ verification: OTPVerification) async throws(MerchantError) -> CardToken {
        try await call(verification)
    }

    /// The cards that were confirmed before (method 5).
    public func userCards() async throws(MerchantError) -> [UserCard] {
        try await call(UserCards())
    }
}
