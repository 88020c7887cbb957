/// A text that may come as a number: merchants whose ids are numbers write them as such.
struct TextOrNumber: Decodable, Equatable {
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
