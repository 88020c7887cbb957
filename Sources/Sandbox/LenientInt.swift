/// A number that may also come as a string of digits, because the document's tables and samples disagree.
struct LenientInt: Decodable, Equatable {
    let value: Int64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            value = try container.decode(Int64.self)
        } catch DecodingError.typeMismatch {
            let text = try container.decode(String.self)
            guard Digits.are(text, count: text.utf8.count), let number = Int64(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
            }
            value = number
        }
    }
}
