/// The bank's 15 methods, numbered as in its document (BM-MERCHANT-API 6.1).
@nonexhaustive
public enum MerchantMethod: Int, Hashable, Sendable, CaseIterable {
    case login = 1
    case refreshToken = 2
    case sendOTP = 3
    case verifyOTP = 4
    case userCards = 5
    case checkBill = 6
    case payBill = 7
    case holdBill = 8
    case confirmHold = 9
    case addToHold = 10
    case cancelPayment = 11
    case reverseHold = 12
    case reversePartOfHold = 13
    case status = 14
    case payout = 15

    /// Whether a call changes anything that matters to its caller. If it does not, asking twice is harmless.
    var changesSomething: Bool {
        switch self {
        case .login, .userCards, .checkBill, .status: false
        case .refreshToken, .sendOTP, .verifyOTP, .payBill, .holdBill, .confirmHold, .addToHold, .cancelPayment,
            .reverseHold, .reversePartOfHold, .payout:
            true
        }
    }
}
