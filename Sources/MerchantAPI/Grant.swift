/// What a login or a refresh gives (BM-MERCHANT-API 6.1, methods 1 and 2).
struct Grant: Hashable, Sendable {
    let access: AccessToken
    let refresh: AccessToken?
    /// How long the access token lives.
    let lifetime: Duration

    /// Without a stated lifetime a token is used for a minute.
    static let defaultLifetimeSeconds: Int64 = 60

    init(access: AccessToken, refresh: AccessToken?, lifetime: Duration) {
        self.access = access
        self.refresh = refresh
        self.lifetime = lifetime
    }

    init(_ json: JSONValue, httpStatus: Int) throws(MerchantError) {
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        guard try fields.integer("statusCode") == 0 else {
            throw .untrusted(httpStatus: httpStatus, why: "statusCode of the login is not 0")
        }
        let result = json["result"] ?? json
        let token = try RequiredFields(json: result, httpStatus: httpStatus).string("access_token")
        // A token becomes a header: whatever could end the header's line is refused.
        guard token.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw .untrusted(httpStatus: httpStatus, why: "access_token has characters that no token has")
        }
        let seconds = result["expires_in"]?.integer ?? Self.defaultLifetimeSeconds
        self.init(
            access: AccessToken(secret: token),
            refresh: result["refresh_token"]?.string.map(AccessToken.init(secret:)),
            lifetime: .seconds(min(max(seconds, 0), 86_400 * 30)))
    }
}

struct Login: MerchantMethod {
    static let path = "/api/ext/user/login"
    static let mayBeAskedAgain = false
    let username: String
    let password: Password

    var body: JSONValue {
        .object(["username": .string(username), "password": .string(password.secret)])
    }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> Grant {
        try Grant(json, httpStatus: httpStatus)
    }
}

struct Refresh: MerchantMethod {
    static let path = "/api/ext/user/refresh-token"
    static let mayBeAskedAgain = false
    let token: AccessToken

    var body: JSONValue { .object(["refreshToken": .string(token.secret)]) }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> Grant {
        try Grant(json, httpStatus: httpStatus)
    }
}
