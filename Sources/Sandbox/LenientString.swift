/// A text that may also come as a number, because merchants may use numeric ids.
struct LenientString: Decodable, Equatable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            text = try container.decode(String.self)
        } catch DecodingError.typeMismatch {
            text = String(try container.decode(Int64.self))
        }
    }
}
