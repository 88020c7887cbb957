/// How a payment stands, in the bank's own word (`status`; BM-MERCHANT-API 6.1, method 14).
///
/// The document names `SUCCESS`, `CANCELLED`, `HOLD_SUCCESS` and `CHECK_OK`. Others occur, so a status may have a word that
/// is not among those named here: it is in progress.
public struct PaymentStatus: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The bank's word.
    public let rawValue: String

    /// Takes any word.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The bank's word.
    public var description: String { rawValue }

    /// What a word means for the money.
    @nonexhaustive
    public enum Meaning: Hashable, Sendable {
        /// Paid, if the amount of the answer is yours.
        case paid
        /// Not paid.
        case notPaid
        /// Not decided yet, or a word that nobody knows: ask again later.
        case inProgress
        /// People must ask the bank what it means.
        case unclear
    }

    /// What the word means for the money.
    public var meaning: Meaning {
        switch self {
        case .success: .paid
        case .failed, .checkFailed, .expired, .cancelled, .reversed, .senderCancelled: .notPaid
        case .cancelFailed, .recipientCancelled, .gatewayFailed: .unclear
        default: isOfAnotherMethod ? .unclear : .inProgress
        }
    }

    /// Whether the bank has decided. Asking again will change nothing, unless somebody cancels a paid payment.
    public var isFinal: Bool { meaning == .paid || meaning == .notPaid }

    /// Whether the word tells of a hold, an invoice or a confirmation, which no payout has.
    private var isOfAnotherMethod: Bool {
        rawValue.hasSuffix("_NEED_CONFIRM") || rawValue.hasPrefix("HOLD_") || rawValue.hasPrefix("INVOICE_")
    }
}

extension PaymentStatus {
    /// `SUCCESS`.
    public static let success = PaymentStatus(rawValue: "SUCCESS")
    /// `FAILED`.
    public static let failed = PaymentStatus(rawValue: "FAILED")
    /// `CHECK_FAIL`.
    public static let checkFailed = PaymentStatus(rawValue: "CHECK_FAIL")
    /// `EXPIRED`.
    public static let expired = PaymentStatus(rawValue: "EXPIRED")
    /// `CANCELLED`.
    public static let cancelled = PaymentStatus(rawValue: "CANCELLED")
    /// `REVERSED`.
    public static let reversed = PaymentStatus(rawValue: "REVERSED")
    /// `SENDER_CANCELLED`.
    public static let senderCancelled = PaymentStatus(rawValue: "SENDER_CANCELLED")
    /// `CANCEL_FAILED`.
    public static let cancelFailed = PaymentStatus(rawValue: "CANCEL_FAILED")
    /// `RECIPIENT_CANCELLED`.
    public static let recipientCancelled = PaymentStatus(rawValue: "RECIPIENT_CANCELLED")
    /// `GATEWAY_FAILED`.
    public static let gatewayFailed = PaymentStatus(rawValue: "GATEWAY_FAILED")
    /// `PAYING`.
    public static let paying = PaymentStatus(rawValue: "PAYING")
}
