extension RecordedRequest {
    /// The method that a request calls: one of the bank's 15, in the order of BM-MERCHANT-API 6.1, or none of them.
    package enum Path: String, Sendable, CaseIterable {
        case login, refresh
        case sendCode, verifyCode, userCards
        case check, payBill, hold, confirm, addToHold, cancel, reverse, reversePart
        case status, pay
        case other

        /// The HTTP method and path. `nil` if the method is not served.
        package var route: (method: String, path: String)? {
            switch self {
            case .login: ("POST", "/api/ext/user/login")
            case .refresh: ("POST", "/api/ext/user/refresh-token")
            case .sendCode: ("POST", "/services/partnercardms/api/send-otp")
            case .verifyCode: ("POST", "/services/partnercardms/api/verify-otp")
            case .userCards: ("GET", "/services/partnercardms/api/get-user-cards")
            case .check: ("POST", "/services/bmms/api/agent/unregistered-check")
            case .payBill: ("POST", "/services/bmms/api/agent/unregistered-pay")
            case .hold: ("POST", "/services/bmms/api/agent/hold/v2/otp")
            case .confirm: ("POST", "/services/bmms/api/agent/hold/v2/confirm")
            case .addToHold: ("POST", "/services/bmms/api/agent/hold/v2/more")
            case .cancel: ("POST", "/services/bmms/api/agent/cancel/v3")
            case .reverse: ("POST", "/services/bmms/api/agent/hold/v2/reverse")
            case .reversePart: ("POST", "/services/bmms/api/agent/hold/v2/reverse/partial")
            case .status: ("POST", "/services/bmms/api/agent/status")
            case .pay: ("POST", Self.payPath)
            case .other: nil
            }
        }

        private static let payPath = "/services/bmms/api/ext/agent/pay"

        private static let byPath: [String: Path] = {
            let served = allCases.compactMap { path in path.route.map { ($0.path, path) } }
            return Dictionary(uniqueKeysWithValues: served + [(BankState.movedPayPath, .pay)])
        }()

        init(method: String, path: String) {
            // Check payouts first: there are thousands of them, and a comparison is faster than hashing.
            if path == Self.payPath, method == "POST" {
                self = .pay
                return
            }
            let found = Self.byPath[path] ?? .other
            self = found.route?.method == method ? found : .other
        }

        /// Returns the HTTP method for a path, or `nil` if the path is not served.
        static func method(servedAt path: String) -> String? {
            byPath[path]?.route?.method
        }

        /// Whether this is a method of cards and bills. Faults of payments that need no receipt hit them too.
        var isOfCardsAndBills: Bool {
            switch self {
            case .sendCode, .verifyCode, .userCards, .check, .payBill, .hold, .confirm, .addToHold, .cancel, .reverse,
                .reversePart:
                true
            case .login, .refresh, .status, .pay, .other: false
            }
        }
    }
}
