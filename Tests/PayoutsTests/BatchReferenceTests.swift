import Payouts
import Testing

@Suite struct BatchReferenceTests {
    @Test(arguments: ["payroll-2026-11", "Ойлик ноябрь", "a.b", String(repeating: "x", count: 100)])
    func namesOfFilesAreNamesOfBatches(name: String) throws {
        #expect(try BatchReference(name).name == name)
    }

    @Test(arguments: ["", ".", "..", ".hidden", "a/b", "a\\b", "a\nb", "a\u{7F}", String(repeating: "ў", count: 51)])
    func whatCouldLeadOutOfAFolderIsRefused(name: String) {
        let error = #expect(throws: BatchReference.Invalid.self) { try BatchReference(name) }
        #expect(error?.description.contains("--reference") == true)
    }
}
