import Crypto
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import Bookkeeping

/// The bytes that an earlier version wrote for one row. Ledgers outlive versions, and a file must get the same ids on
/// any machine.
@Suite struct KnownAnswerTests {
    private let reference: BatchReference
    private let digest: FileDigest
    private let row: CardSeal.RowKey
    private let seal: CardSeal

    init() throws {
        reference = try BatchReference("payroll")
        digest = try #require(FileDigest(hex: "b4774b863428234584d4ef533e1cf49c49c8c8da9496a978a0d1a2ebb0ed0343"))
        row = CardSeal.RowKey(reference: reference, digest: digest, row: 2)
        seal = try CardSeal(
            key: SymmetricKey(data: Self.bytes("aafd5cd0334bf769947f416ec6bf05c8a6f8129ddb32b64063bebdc9cf8c9f5e")))
    }

    private static func bytes(_ hex: String) -> Data {
        let digits = hex.compactMap(\.hexDigitValue)
        return Data(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }

    @Test func theIDOfARowIsTheSameInEveryVersion() {
        let id = AgentTransactionID.derived(reference: reference, digest: digest, row: 2, attempt: 1, salt: 0)
        #expect(id.number == 242_370_808_854_158)
        #expect(AgentTransactionID.derived(from: row, attempt: 1, salt: 0) == id)
    }

    @Test func aCardThatAnEarlierVersionSealedOpensAndHasTheSameFingerprint() throws {
        let sealed = Self.bytes(
            "768DCA017A09FF77CB478F3A1A9742B9A05A05AD006AAE999DC80A9CE7A64308425A5D0A837877F7C3AB37CD7D2E8BB6")
        let opened = try #require(seal.open(sealed, boundTo: CardSeal.Binding(withoutContent: row)))
        #expect(opened.0.digits == "8600490744313347" && opened.1.mmyy == "0128")
        #expect(seal.fingerprint(of: opened.0) == Self.bytes("A1B8340BC43B3A2D7BA7047924DB1330"))
        #expect(
            seal.open(
                sealed,
                boundTo: CardSeal.Binding(
                    withoutContent: CardSeal.RowKey(reference: reference, digest: digest, row: 3))) == nil)
    }
}
