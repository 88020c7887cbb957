/// The faults that can hit one request, with the names for `--faults`. See `docs/sandbox.md`.
package enum Fault: String, Sendable, CaseIterable {
    // The request does not arrive.
    case connectionRefused = "connection-refused"
    case closedUnread = "closed-unread"
    case resetOnReuse = "reset-on-reuse"

    // No answer.
    case closeBeforeDebit = "close-before-debit"
    case closeAfterDebit = "close-after-debit"
    case lateDebit = "late-debit"

    // A slow answer.
    case slow
    case byteByByte = "byte-by-byte"

    // An answer of a gateway or server.
    case http500 = "http-500"
    case http502 = "http-502"
    case http503 = "http-503"
    case http504 = "http-504"
    case tooManyRequests = "too-many-requests"
    case redirect

    // An error of the bank instead of a receipt.
    case errorBeforeDebit = "error-before-debit"
    case errorAfterDebit = "error-after-debit"
    case errorInResult = "error-in-result"
    case unauthorized
    case tokenExpired = "token-expired"

    // A receipt that cannot be read.
    case cutBody = "cut-body"
    case emptyBody = "empty-body"
    case notJSON = "not-json"
    case longBody = "long-body"

    // A receipt that contradicts the order or itself.
    case wrongID = "wrong-id"
    case wrongAmount = "wrong-amount"
    case wrongStatusCode = "wrong-status-code"
    case swappedAnswers = "swapped-answers"

    // A receipt that is odd but valid.
    case numbersAsStrings = "numbers-as-strings"
    case stringsAsNumbers = "strings-as-numbers"
    case bmlID = "bml-id"

    // An answer to a later send that proves nothing about the first.
    case refusedRepeat = "refused-repeat"
    case unauthorizedRepeat = "unauthorized-repeat"
    case tooManyRequestsRepeat = "too-many-requests-repeat"

    // Paid and then reversed.
    case reversedLater = "reversed-later"

    // Faults of /agent/status.
    case statusError = "status-error"
    case statusHang = "status-hang"
    case statusNotFound = "status-not-found"
    case statusPaying = "status-paying"
    case statusFlaps = "status-flaps"

    // Faults of login and refresh-token.
    case loginRefused = "login-refused"
    case refreshRefused = "refresh-refused"

    /// The kind of request that the fault can hit. Each kind has its own draw.
    package var request: RecordedRequest.Path {
        switch self {
        case .statusError, .statusHang, .statusNotFound, .statusPaying, .statusFlaps: .status
        case .loginRefused: .login
        case .refreshRefused: .refresh
        default: .pay
        }
    }

    /// Returns whether the fault can hit a request of this kind. A fault of payments can also hit methods of cards and
    /// bills, unless it needs a receipt or an earlier send.
    func meets(_ kind: RecordedRequest.Path) -> Bool {
        kind.isOfCardsAndBills ? isOfAnyMethod : request == kind
    }

    private var isOfAnyMethod: Bool {
        switch self {
        case .connectionRefused, .closedUnread, .resetOnReuse, .closeBeforeDebit, .closeAfterDebit, .slow,
            .byteByByte, .http500, .http502, .http503, .http504, .tooManyRequests, .errorBeforeDebit,
            .errorAfterDebit, .unauthorized, .tokenExpired, .cutBody, .emptyBody, .notJSON, .longBody,
            .numbersAsStrings, .stringsAsNumbers:
            true
        case .lateDebit, .redirect, .errorInResult, .wrongID, .wrongAmount, .wrongStatusCode, .swappedAnswers,
            .bmlID, .refusedRepeat, .unauthorizedRepeat, .tooManyRequestsRepeat, .reversedLater, .statusError,
            .statusHang, .statusNotFound, .statusPaying, .statusFlaps, .loginRefused, .refreshRefused:
            false
        }
    }

    /// Whether the fault hits only an id that was sent before.
    package var needsEarlierSend: Bool {
        switch self {
        case .refusedRepeat, .unauthorizedRepeat, .tooManyRequestsRepeat: true
        default: false
        }
    }

    /// The default duration of a timed fault. `nil` for other faults.
    package var usualDuration: Duration? {
        switch self {
        case .connectionRefused: .seconds(3)
        case .lateDebit: .seconds(10)
        case .slow: .seconds(5)
        case .byteByByte: .seconds(1)
        case .swappedAnswers: .seconds(2)
        case .reversedLater: .seconds(60)
        case .statusHang: .seconds(120)
        case .statusNotFound: .seconds(30)
        case .loginRefused: .seconds(30)
        default: nil
        }
    }
}
