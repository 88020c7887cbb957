/// The card fields of a request: `pan`, and `exp` as MMYY.
struct CardFields: Decodable, Equatable {
    let pan: String
    let exp: String

    func card() throws(RequestFault) -> CustomerCard {
        guard Digits.are(pan, count: 16), Self.isMonthAndYear(exp) else { throw RequestFault(error: .invalidParams) }
        return try CustomerCard(pan: pan, expiry: exp)
    }

    static func isMonthAndYear(_ text: String) -> Bool {
        Digits.are(text, count: 4) && Int(text.prefix(2)).map { (1...12).contains($0) } == true
    }
}
