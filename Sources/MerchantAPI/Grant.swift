/// The tokens that a login or a refresh gives (BM-MERCHANT-API 6.1, methods 1 and 2).
public struct Grant: Hashable, Sendable {
    /// The token that goes with every call.
    public let access: AccessToken
    /// The token that buys a new access token after this one has expired (method 2).
    public let refresh: RefreshToken?
    /// The lifetime of the access token: whole seconds, up to 30 days.
    public let lifetime: Duration
    /// The value of `token_type`, such as `bearer`.
    public let tokenType: String?
    /// The value of `scope`, such as `openid`.
    public let scope: String?
    /// Whether the bank that gave the grant calls itself a sandbox. A sandbox moves no money.
    package internal(set) var isSandbox = false

    /// The lifetime assumed for a token without a stated one.
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

    init(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) {
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        guard try fields.integer("statusCode") == 0 else {
            throw .untrusted(httpStatus: httpStatus, why: "statusCode of the login is not 0")
        }
        let result = json["result"] ?? json
        let token = try RequiredFields(json: result, httpStatus: httpStatus).string("access_token")
        // The token goes into a header: refuse characters that could end the header's line.
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

/// A request for a token. Its answer shows whether the bank is a sandbox.
protocol TokenRequest: MerchantRequest where Answer == Grant {}

extension TokenRequest {
    static var mayBeAskedAgain: Bool { false }

    static func read(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) -> Grant {
        try Grant(json, httpStatus: httpStatus)
    }

    static func read(_ raw: RawAnswer) throws(MerchantError.Cause) -> Grant {
        var grant = try read(try raw.object(), httpStatus: raw.httpStatus)
        grant.isSandbox = raw.isSandbox
        return grant
    }
}

struct Login: TokenRequest {
    static let method = MerchantMethod.login
    static let path = "/api/ext/user/login"
    let username: String
    let password: Password

    var body: JSONValue {
        .object(["username": .string(username), "password": .string(password.secret)])
    }
}

struct Refresh: TokenRequest {
    static let method = MerchantMethod.refreshToken
    static let path = "/api/ext/user/refresh-token"
    let token: RefreshToken

    var body: JSONValue { .object(["refreshToken": .string(token.secret)]) }
}
