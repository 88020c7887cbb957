/// The wrapper of an answer of the card methods (BM-MERCHANT-API 6.1, methods 3 to 5): `success`, `exception`, `data`.
struct CardAnswer {
    /// The value of `data`. An answer without it is refused.
    let data: JSONValue

    init(_ json: JSONValue, httpStatus: Int) throws(MerchantError.Cause) {
        let fields = RequiredFields(json: json, httpStatus: httpStatus)
        guard let isSuccess = try fields.optionalBool("success") else {
            throw .untrusted(httpStatus: httpStatus, why: "success is missing or not readable")
        }
        let exception = json["exception"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        guard isSuccess else {
            throw .refused(
                BankError(
                    httpStatus: httpStatus, detail: exception,
                    catalogued: exception.flatMap(CataloguedError.init(rawValue:))))
        }
        guard json["exception"] == nil || json["exception"] == .string("") else {
            throw .untrusted(httpStatus: httpStatus, why: "success with an exception")
        }
        guard let data = json["data"]?.unwrapped, data != .string("") else {
            throw .untrusted(httpStatus: httpStatus, why: "data is missing")
        }
        self.data = data
    }
}
