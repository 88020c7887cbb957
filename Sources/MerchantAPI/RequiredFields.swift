/// Fields without which an answer cannot be trusted; none has a default.
struct RequiredFields {
    let json: JSONValue
    let httpStatus: Int

    /// `nil` where the field is absent or null. One that is there and cannot be read makes the answer untrusted.
    func optionalInteger(_ name: String) throws(MerchantError) -> Int64? {
        if json[name] == nil || json[name] == .null { return nil }
        return try integer(name)
    }

    func integer(_ name: String) throws(MerchantError) -> Int64 {
        guard let value = json[name]?.integer else { throw missing(name) }
        return value
    }

    func bool(_ name: String) throws(MerchantError) -> Bool {
        guard let value = json[name]?.bool else { throw missing(name) }
        return value
    }

    /// `nil` where the field is absent or null; `true` and `false` may come as text.
    func optionalBool(_ name: String) throws(MerchantError) -> Bool? {
        guard let value = json[name], value != .null else { return nil }
        switch value.string?.lowercased() {
        case "true": return true
        case "false": return false
        default: return try bool(name)
        }
    }

    func string(_ name: String) throws(MerchantError) -> String {
        guard let value = json[name]?.string, !value.isEmpty else { throw missing(name) }
        return value
    }

    private func missing(_ name: String) -> MerchantError {
        .untrusted(httpStatus: httpStatus, why: "\(name) is missing or not readable")
    }
}
