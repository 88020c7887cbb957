import Foundation

/// The body of confirm, cancel and reverse: a bill id.
struct BillRequest: Decodable {
    let billId: Int64
}

/// The body of unregistered-pay and hold: a bill id and the customer's code.
struct BillTaking: Decodable {
    let billId: Int64
    let type: String
    let params: Params

    struct Params: Decodable {
        let otp: String
    }
}

/// The body of hold/v2/more.
struct HoldAddition: Decodable {
    let billId: Int64
    let type: String
    let amount: Int64
    let params: CardFields
}

/// The body of hold/v2/reverse/partial.
struct PartialReversal: Decodable {
    let billId: Int64
    let reverseAmount: Int64
}
