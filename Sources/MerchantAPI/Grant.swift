/// What a login or a refresh gives (BM-MERCHANT-API 6.1, methods 1 and 2).
public struct Grant: Hashable, Sendable {
    public let access: AccessToken
    /// For which a new access token can be had once this one has ended (method 2).
    public let refresh: RefreshToken?
    /// How long the access token lives: whole seconds, up to 30 days.
    public let lifetime: Duration
    /// `token_type`, such as `bearer`.
    public let tokenType: String?
    /// `scope`, such as `openid`.
    public let scope: String?
    /// Whether whoever gave it calls itself a sandbox, which moves no money.
    package internal(set) var isSandbox = false

    /// Without a stated lifetime a token is used for a minute.
    static let defaultLifetimeSeconds: Int64 = 60

    init(
        access: AccessToken, refresh: RefreshToken?, lifetime: Duration, tokenType: String? = nil, scope: String? = nil
    ) {
        self.access = access
        self.refresh = refresh
        self.lifetime = lifetime
        self.tokenType = tokenType
        self.scope = scope
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
            refresh: result["refresh_token"]?.string.map(RefreshToken.init),
            lifetime: .seconds(min(max(seconds, 0), 86_400 * 30)), tokenType: result["token_type"]?.string,
            scope: result["scope"]?.string)
    }
}

/// A method that gives a token, and so shows who is at the other end.
protocol TokenMethod: MerchantMethod where Answer == Grant {}

extension TokenMethod {
    static var mayBeAskedAgain: Bool { false }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError) -> Grant {
        try Grant(json, httpStatus: httpStatus)
    }

    static func read(_ raw: RawAnswer) throws(MerchantError) -> Grant {
        var grant = try read(try raw.object(), httpStatus: raw.httpStatus)
        grant.isSandbox = raw.isSandbox
        return grant
    }
}

struct Login: TokenMethod {
    static let path = "/api/ext/user/login"
    let username: String
    let password: Password

    var body: JSONValue {
        .object(["username": .string(username), "password": .string(password.secret)])
    }
}

struct Refresh: TokenMethod {
    static let path = "/api/ext/user/refresh-token"
    let token: RefreshToken

    var body: JSONValue { .object(["refreshToken": .string(token.secret)]) }
}
