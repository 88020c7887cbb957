import Foundation
import Payouts
import Testing

@Suite struct BatchReferenceTests {
    @Test(arguments: [
        "payroll-2026-11", "Ойлик ноябрь", "a.b", "Oʻzbekiston oʻqituvchilari №5", "«Ўқғҳ» (2)", "한글", "عربي",
        String(repeating: "й", count: BatchReference.longest),
    ])
    func namesOfFilesAreNamesOfBatches(name: String) throws {
        #expect(try Array(BatchReference(name).name.utf8) == Array(name.utf8))
    }

    @Test(
        arguments: [
            ("", .empty), (".", .dotFirst), ("..", .dotFirst), (".hidden", .dotFirst), ("a/b", .slash),
            ("a\\b", .slash),
            ("a\nb", .invisible("\n")), ("a\u{7F}", .invisible("\u{7F}")), ("8600495473316478", .cardNumber),
            (String(repeating: "й", count: 201), .tooLong(201)),
            // One character to a reader, with a tower of accents.
            ("a" + String(repeating: "\u{302}", count: 600), .tooLong(1)),
        ] as [(String, BatchReference.Invalid.Flaw)])
    func aBadBatchNameIsRefusedWithTheReason(name: String, flaw: BatchReference.Invalid.Flaw) {
        let error = #expect(throws: BatchReference.Invalid.self) { try BatchReference(name) }
        #expect(error?.flaw == flaw)
        #expect(error?.description.contains("--reference") == true)
    }

    @Test func oneNameInTwoFormsHasTheSameBytes() throws {
        let composed = "Ойлик ёзи, é"
        let decomposed = composed.decomposedStringWithCanonicalMapping
        try #require(Array(composed.utf8) != Array(decomposed.utf8))
        #expect(try Array(BatchReference(decomposed).name.utf8) == Array(composed.utf8))
        #expect(try BatchReference(String(repeating: "и\u{306}", count: 200)).name.unicodeScalars.count == 200)
    }

    @Test func aNameInTheUsualFormKeepsItsBytes() throws {
        for value in (0x20...0x2FFFF).compactMap(Unicode.Scalar.init) where value.isVisible {
            let name = "a" + String(Character(value))
            let form = name.precomposedStringWithCanonicalMapping
            guard Array(form.unicodeScalars) == Array(name.unicodeScalars), value != "/", value != "\\" else {
                continue
            }
            #expect(try Array(BatchReference(name).name.utf8) == Array(name.utf8), "\(value.code)")
        }
    }

    /// Each kind that a reader does not see, by ranges of Unicode.
    @Test(
        arguments: [
            0x00...0x1F, 0x7F...0x9F, 0xA0...0xA0, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160,
            0x17B4...0x17B5, 0x180B...0x180F, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x2800...0x2800,
            0x3000...0x3000, 0x3164...0x3164, 0xE000...0xE010, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0,
            0xFFF9...0xFFFB, 0x1D173...0x1D17A, 0xE0001...0xE007F, 0xE0100...0xE01EF, 0xF0000...0xF0010,
        ] as [ClosedRange<UInt32>])
    func aNameHasNoInvisibleCharacters(range: ClosedRange<UInt32>) throws {
        for scalar in range.compactMap(Unicode.Scalar.init) {
            let name = "pay" + String(Character(scalar)) + "roll"
            let error = #expect(throws: BatchReference.Invalid.self, "\(scalar.code)") { try BatchReference(name) }
            guard case .invisible(let found)? = error?.flaw else {
                Issue.record("\(scalar.code): \(String(describing: error))")
                continue
            }
            #expect(error?.description.contains(found.code) == true && error?.description.contains(name) == false)
            #expect(error?.description.unicodeScalars.allSatisfy(\.isVisible) == true)
        }
    }

    @Test func aCardThatInvisibleCharactersTakeApartIsNotRepeated() {
        let error = #expect(throws: BatchReference.Invalid.self) { try BatchReference("86004954\u{200B}73316478") }
        #expect(error?.description.contains("860049******6478") == true)
    }

    @Test(arguments: ["и\u{306}", "a\u{200B}b", "a\u{202E}b", "a\u{A0}b"])
    func aStoredNameStaysAsItIs(name: String) throws {
        #expect(try Array(BatchReference(stored: name).name.utf8) == Array(name.utf8))
    }

    @Test(arguments: ["", "..", "../x", "a/b", "a\u{0}b"])
    func aStoredNameDoesNotLeadOutOfAFolder(name: String) {
        #expect(throws: BatchReference.Invalid.self) { try BatchReference(stored: name) }
    }
}
