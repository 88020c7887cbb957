/// What can go wrong with one send of a payout, by the names that `--faults` takes.
package enum Fault: String, Sendable, CaseIterable {
    /// The connection closes, nothing is paid.
    case closeBeforeDebit = "close-before-debit"
    /// Paid, and the connection closes without an answer.
    case closeAfterDebit = "close-after-debit"
    /// A 500 outside the catalogue; half of them, by the seed, come after the debit.
    case http500 = "http-500"
    /// A 503 page of HTML, nothing is paid.
    case http503 = "http-503"
    /// A 429 with Retry-After 1, nothing is paid.
    case tooManyRequests = "too-many-requests"
    /// Paid, and answered late.
    case slow
    /// Paid, and half of the answer's body arrives.
    case cutBody = "cut-body"
    /// Paid, and the answer names another amount.
    case wrongAmount = "wrong-amount"
    /// Paid, and the answer names another agentTranId.
    case wrongID = "wrong-id"
    /// A 401 for this send only, nothing is paid.
    case tokenExpired = "token-expired"
    /// Paid, and every number of the answer is a string: no harm, but a reader must cope.
    case numbersAsStrings = "numbers-as-strings"
}
