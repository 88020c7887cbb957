import Crypto
import Foundation
import Testing

@testable import Bookkeeping

struct RecordSealTests {
    @Test(arguments: [0, 1, 32, 63, 64])
    func aSignatureIsTheLibrarysHMACCutToHalf(keyLength: Int) {
        let key = SymmetricKey(data: (0..<keyLength).map { UInt8($0 * 7 % 256) })
        for length in [0, 1, 55, 56, 64, 300] {
            var record = SignedFields(.event)
            record.add(String(repeating: "x", count: length))
            let expected = HMAC<SHA256>.authenticationCode(for: record.bytes, using: key)
            #expect(Array(RecordSeal(key: key).sign(record)) == Array(expected.prefix(16)))
            #expect(Array(RecordSeal(key: key).digest(record)) == Array(SHA256.hash(data: record.bytes).prefix(16)))
        }
    }

    @Test func noTwoListsOfFieldsHaveTheSameBytes() {
        func bytes(_ fields: Any?...) -> [UInt8] {
            var record = SignedFields(.event)
            for field in fields {
                switch field {
                case let number as Int: record.add(number)
                case let text as String: record.add(text)
                case let data as Data: record.add(data)
                default: record.add(nil as String?)
                }
            }
            return record.bytes
        }
        let numbers = [0, 1, 127, 128, 255, 16_383, 16_384, Int.max, -1, Int.min].map { bytes($0) }
        let others = [
            bytes(), bytes(nil), bytes(""), bytes(Data()), bytes("a", "b"), bytes("ab"), bytes("ab", ""),
            bytes("", "ab"), bytes(Data([97, 98])), bytes(1, 1), bytes(257), bytes(nil, nil),
            bytes(String(repeating: "a", count: 127)), bytes(String(repeating: "a", count: 128)),
        ]
        #expect(Set(numbers + others).count == numbers.count + others.count)
    }
}
