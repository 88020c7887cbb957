import Fixtures
import Foundation
import Testing

@testable import MerchantAPI

@Suite struct JSONTests {
    private static let letters = Array(#"abyz "\/\#u{1}\#u{1f}\#u{7f}\#nü߿ࠀ￿😀ʼ"#.unicodeScalars)

    private static func text(_ random: inout SeededGenerator) -> String {
        let count = Int.random(in: 0...24, using: &random)
        return String(String.UnicodeScalarView((0..<count).compactMap { _ in letters.randomElement(using: &random) }))
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: depth < 4 ? 0...6 : 0...4, using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .number("\(Int.random(in: -1_000_000...1_000_000, using: &random))")
        case 3, 4: return .string(text(&random))
        case 5: return .array((0..<3).map { _ in value(depth: depth + 1, &random) })
        default:
            var members: JSONMembers = [:]
            for _ in 0..<Int.random(in: 0...9, using: &random) {
                members.insert(value(depth: depth + 1, &random), as: text(&random))
            }
            return .object(members)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func writtenJSONIsReadBackUnchangedHereAndByAnotherReader(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let value = Self.value(depth: 0, &random)
            let text = value.encoded
            #expect(try JSONReader.read(Array(text.utf8)) == value, "seed \(seed): \(text)")
            let theirs = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
            let again = try JSONSerialization.data(withJSONObject: theirs, options: .fragmentsAllowed)
            #expect(try JSONReader.read(Array(again)) == value, "seed \(seed): \(text)")
        }
    }

    @Test func theOrderOfMembersDoesNotMatter() throws {
        let one = try JSONReader.read(Array(#"{"b":1,"a":{"d":2,"c":"x"}}"#.utf8))
        let other = try JSONReader.read(Array(#"{"a":{"c":"x","d":2},"b":1}"#.utf8))
        #expect(one == other && one.hashValue == other.hashValue)
        #expect(one.encoded == #"{"a":{"c":"x","d":2},"b":1}"# && other.encoded == one.encoded)
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0x5C, 0x6E, 0xFF], [0x5C, 0x78], [0x0A],
            [0x5C, 0x6E, 0x0A],
        ] as [[UInt8]])
    func aStringThatIsNotUTF8IsRefused(bytes: [UInt8]) {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read([0x22] + bytes + [0x22]) }
    }

    @Test func aDecimalIsDigitsWithOnePointAtMost() {
        for text in ["0.4", "0.50", "-12.75", "1500", "007.10", "0.0", "99999999999999999999.25"] {
            #expect(JSONValue.number(text).decimalText == text)
        }
        for text in ["", "-", ".5", "5.", "1.2.3", "1e3", "+1", "1,5", "--1", "1 ", String(repeating: "9", count: 31)] {
            #expect(JSONValue.string(text).decimalText == nil, "\(text)")
        }
    }

    @Test(
        arguments: [
            ("1.50003E8", 150_003_000), ("1.5e+3", 1500), ("150003000E0", 150_003_000), ("1500e-2", 15), ("1.50e1", 15),
            ("-2.5E1", -25), ("0E5", 0), ("0.000e-3", 0), ("9.223372036854775807E18", Int64.max), ("12.000", 12),
            ("100000000000001", 100_000_000_000_001), ("-0", 0), ("1E3", 1000), ("10e-1", 1),
        ] as [(String, Int64)]) func aWholeNumberIsWholeInAnySpelling(text: String, number: Int64) throws
    {
        #expect(try JSONReader.read(Array(text.utf8)).integer == number)
        #expect(JSONValue.string(text).integer == number)
    }

    @Test(arguments: [
        "1.5", "1.50003E4", "1e-1", "15e-2", "9.223372036854775808E18", "1E19", "1e400", "1e-400", "0.1e0", "", "-",
        "e5",
        "1e", "1e5.0", ".5e1", "1.2.3", "+5", "1 000", "0x10", "1e5e1", "NaN", "-e1", "1,5", "--1", "1.-5", "1e 5",
    ]) func aFractionIsNotAWholeNumber(text: String) {
        #expect(JSONValue.string(text).integer == nil)
    }
}
