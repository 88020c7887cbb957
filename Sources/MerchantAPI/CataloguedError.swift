/// The bank's catalogue of errors: 47 codes, each with one HTTP status (BM-MERCHANT-API 6.1, "Ошибки").
@nonexhaustive
public enum CataloguedError: String, Hashable, Sendable, CaseIterable {
    case parseError = "parse_error"
    case badCredentials = "bad_credentials"
    case phoneExists = "phone_exists"
    case invalidRequest = "invalid_request"
    case limitExceeded = "limit_exceeded"
    case invalidPassword = "invalid_password"
    case invalidParams = "invalid_params"
    case invalidRSAMessage = "invalid_rsa_message"
    case objectNotFound = "object_not_found"
    case notFound = "not_found"
    case notImplemented = "not_implemented"
    case billNotFound = "bill_not_found"
    case serviceNotFound = "service_not_found"
    case serviceNotActive = "service_not_active"
    case debitError = "debit_error"
    case billingError = "billing_error"
    case billingErrorReversed = "billing_error_reversed"
    case billingErrorWillReverse = "billing_error_will_reverse"
    case billingErrorNeedReverse = "billing_error_need_reverse"
    case cardNotFound = "card_not_found"
    case cardNotActive = "card_not_active"
    case cardNotValid = "card_not_valid"
    case usernameNotFound = "username_not_found"
    case usernameExists = "username_exists"
    case notCardOwner = "not_card_owner"
    case notCardOwnerSMSSent = "not_card_owner_sms_sent"
    case bankNotSupported = "bank_not_supported"
    case billNotValid = "bill_not_valid"
    case p2pRequestNotValid = "p2p_request_not_valid"
    case cardAlreadyExists = "card_already_exists"
    case smsInfoIsOff = "sms_info_is_off"
    case codeExpiredSMSSent = "code_expired_sms_sent"
    case codeExpiredRestart = "code_expired_restart"
    case codeEntryLimitExceededRestart = "code_entry_limit_exceeded_restart"
    case activationCodeSent = "activation_code_sent"
    case invalidCodeSMSSent = "invalid_code_sms_sent"
    case invalidCodeRetry = "invalid_code_retry"
    case versionNotSpecified = "version_not_specified"
    case versionNotSpecifiedOrInvalid = "version_not_specified_or_invalid"
    case versionTooOld = "version_too_old"
    case pcError = "pc_error"
    case insufficientFundsOnDeposit = "insufficient_funds_on_deposit"
    case insufficientFunds = "insufficient_funds"
    case internalError = "internal_error"
    case unknownError = "unknown_error"
    case objectLocked = "object_locked"
    case timeout

    /// The meaning of a code for a payout. The document does not define it. This is the cautious reading.
    @nonexhaustive
    public enum Meaning: Hashable, Sendable {
        /// The bank refuses this row. Other rows may pass.
        case refusedRow
        /// The bank refuses every row for now.
        case refusedEveryone
        /// This send had no effect.
        case notProcessed
        /// Money may have moved.
        case unknown
        /// An employee must settle the row.
        case human
    }

    /// The HTTP status of the code.
    public var httpStatus: Int {
        switch self {
        case .badCredentials, .invalidPassword, .activationCodeSent: 401
        case .objectLocked: 403
        case .objectNotFound, .notFound: 404
        case .notImplemented, .debitError, .billingError, .billingErrorReversed, .billingErrorWillReverse,
            .billingErrorNeedReverse, .internalError, .unknownError, .timeout:
            500
        default: 400
        }
    }

    /// The meaning of the code for a payout.
    public var meaning: Meaning {
        switch self {
        case .limitExceeded, .invalidParams, .cardNotFound, .cardNotActive, .cardNotValid, .bankNotSupported,
            .p2pRequestNotValid:
            .refusedRow
        case .parseError, .invalidRequest, .invalidPassword, .invalidRSAMessage, .objectNotFound, .notFound,
            .notImplemented, .serviceNotFound, .serviceNotActive, .usernameNotFound, .versionNotSpecified,
            .versionNotSpecifiedOrInvalid, .versionTooOld, .insufficientFundsOnDeposit, .insufficientFunds,
            .objectLocked:
            .refusedEveryone
        case .badCredentials:
            .notProcessed
        case .debitError, .billingError, .billingErrorReversed, .billingErrorWillReverse, .pcError,
            .internalError, .unknownError, .timeout:
            .unknown
        case .phoneExists, .billNotFound, .billingErrorNeedReverse, .usernameExists, .notCardOwner,
            .notCardOwnerSMSSent, .billNotValid, .cardAlreadyExists, .smsInfoIsOff, .codeExpiredSMSSent,
            .codeExpiredRestart, .codeEntryLimitExceededRestart, .activationCodeSent, .invalidCodeSMSSent,
            .invalidCodeRetry:
            .human
        }
    }
}
