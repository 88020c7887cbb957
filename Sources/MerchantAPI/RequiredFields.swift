/// The required fields of an answer. Without them the answer is not trusted. None has a default.
struct RequiredFields {
    let json: JSONValue
    let httpStatus: Int

    /// Returns the whole number, or `nil` if the field is absent or null. A field that cannot be read makes the answer
    /// untrusted.
    func optionalInteger(_ name: String) throws(MerchantError.Cause) -> Int64? {
        if json[name] == nil || json[name] == .null { return nil }
        return try integer(name)
    }

    func integer(_ name: String) throws(MerchantError.Cause) -> Int64 {
        guard let value = json[name]?.integer else { throw missing(name) }
        return value
    }

    /// Returns the id for a whole number above zero.
    func positive<ID>(_ name: String, _ make: (Int64) throws -> ID) throws(MerchantError.Cause) -> ID {
        let number = try integer(name)
        do {
            return try make(number)
        } catch {
            throw .untrusted(httpStatus: httpStatus, why: "its \(name) is not above zero")
        }
    }

    func bool(_ name: String) throws(MerchantError.Cause) -> Bool {
        guard let value = json[name]?.bool else { throw missing(name) }
        return value
    }

    /// Returns the value, or `nil` if the field is absent or null. `true` and `false` may come as text.
    func optionalBool(_ name: String) throws(MerchantError.Cause) -> Bool? {
        guard let value = json[name], value != .null else { return nil }
        switch value.string?.lowercased() {
        case "true": return true
        case "false": return false
        default: return try bool(name)
        }
    }

    func string(_ name: String) throws(MerchantError.Cause) -> String {
        guard let value = json[name]?.string, !value.isEmpty else { throw missing(name) }
        return value
    }

    private func missing(_ name: String) -> MerchantError.Cause {
        .untrusted(httpStatus: httpStatus, why: "\(name) is missing or not readable")
    }
}
