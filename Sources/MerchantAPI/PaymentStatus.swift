/// The status of a payment in the bank's own word (`status`; BM-MERCHANT-API 6.1, method 14).
///
/// The document names `SUCCESS`, `CANCELLED`, `HOLD_SUCCESS` and `CHECK_OK`. Other words occur. A word that is not
/// named here means “in progress”.
public struct PaymentStatus: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The bank's word.
    public let rawValue: String

    /// Takes any word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The bank's word.
    public var description: String { rawValue }

    /// The meaning of a word for the money.
    @nonexhaustive
    public enum Meaning: Hashable, Sendable {
        /// Paid, if the answer has the amount of your order.
        case paid
        /// Not paid.
        case notPaid
        /// Not decided yet, or an unlisted word: ask again later.
        case inProgress
        /// The word needs an explanation from the bank. An employee must ask for it.
        case unclear
    }

    /// The meaning of the word for the money.
    public var meaning: Meaning {
        switch self {
        case .success: .paid
        case .failed, .checkFailed, .expired, .cancelled, .reversed, .senderCancelled: .notPaid
        case .cancelFailed, .recipientCancelled, .gatewayFailed: .unclear
        default: isOfAnotherMethod ? .unclear : .inProgress
        }
    }

    /// Whether the bank has decided. Asking again changes nothing, unless somebody cancels a paid payment.
    public var isFinal: Bool { meaning == .paid || meaning == .notPaid }

    /// Whether the word belongs to a hold, an invoice or a confirmation. A payout never has such a word.
    private var isOfAnotherMethod: Bool {
        rawValue.hasSuffix("_NEED_CONFIRM") || rawValue.hasPrefix("HOLD_") || rawValue.hasPrefix("INVOICE_")
    }
}

extension PaymentStatus {
    /// Paid: `SUCCESS`.
    public static let success = PaymentStatus(rawValue: "SUCCESS")
    /// Not paid: `FAILED`.
    public static let failed = PaymentStatus(rawValue: "FAILED")
    /// Not paid: `CHECK_FAIL`.
    public static let checkFailed = PaymentStatus(rawValue: "CHECK_FAIL")
    /// Not paid: `EXPIRED`.
    public static let expired = PaymentStatus(rawValue: "EXPIRED")
    /// Not paid: `CANCELLED`.
    public static let cancelled = PaymentStatus(rawValue: "CANCELLED")
    /// Not paid: `REVERSED`.
    public static let reversed = PaymentStatus(rawValue: "REVERSED")
    /// Not paid: `SENDER_CANCELLED`.
    public static let senderCancelled = PaymentStatus(rawValue: "SENDER_CANCELLED")
    /// Unclear: `CANCEL_FAILED`.
    public static let cancelFailed = PaymentStatus(rawValue: "CANCEL_FAILED")
    /// Unclear: `RECIPIENT_CANCELLED`.
    public static let recipientCancelled = PaymentStatus(rawValue: "RECIPIENT_CANCELLED")
    /// Unclear: `GATEWAY_FAILED`.
    public static let gatewayFailed = PaymentStatus(rawValue: "GATEWAY_FAILED")
    /// In progress: `PAYING`.
    public static let paying = PaymentStatus(rawValue: "PAYING")
}
