import Fixtures
import Foundation
import Payouts
import Testing

@testable import PayoutFiles

@Suite struct ReadTests {
    private let samples = Checkout.file("samples")

    private func read(_ name: String) throws -> PayoutFile {
        try PayoutFile.read(from: samples.appendingPathComponent(name).path, options: PayrollText.november2026)
    }

    @Test func thePayrollSampleIsPayable() throws {
        let file = try read("payroll.csv")
        #expect(file.name == "payroll.csv" && file.suggestedReference == "payroll")
        #expect(file.findings.isEmpty && file.totals.rows == 60 && file.accounts.count == 1)
    }

    @Test func aFileIsCalledTheSameInEitherFormOfItsName() throws {
        let name = "Ойлик май.csv"
        for form in [name, name.decomposedStringWithCanonicalMapping] {
            let file = try PayoutFile.read(
                from: samples.appendingPathComponent("payroll.csv").path, named: form, options: PayrollText.november2026
            )
            #expect(Array(file.name.utf8) == Array(name.utf8))
            #expect(try Array(file.reference().name.utf8) == Array("Ойлик май".utf8))
        }
    }

    /// It is shown beside the batch's name, even if the person chose that name.
    @Test(arguments: [nil, "good"]) func anInvisibleCharacterInAFilesNameIsNeverTaken(chosen: String?) {
        let error = #expect(throws: BatchReference.Invalid.self) {
            try PayoutFile.reference(forFileNamed: "payroll.c\u{202E}sv", chosen: chosen)
        }
        #expect(error?.flaw == .invisible("\u{202E}"))
    }

    @Test func theCashbackSampleIsPayable() throws {
        let file = try read("cashback.csv")
        #expect(file.findings.isEmpty && file.totals.rows == 500 && file.delimiter == .semicolon)
    }

    @Test func theSampleOfMistakesShowsEachOfThem() throws {
        let file = try read("mistakes.csv")
        #expect(file.totals.rows == 3)
        #expect(file.findings.map(\.row) == Array(3...10) + Array(12...17) + [17, 17])
        #expect(file.log.groups.count >= 14 && file.log.warningCounts == [.samePayment: 1])
    }

    @Test func anUnreadableFileIsAnErrorWithItsReason() throws {
        let options = PayrollText.november2026
        let missing = samples.appendingPathComponent("none.csv").path
        #expect(throws: PayoutFileError.notFound(path: missing)) {
            try PayoutFile.read(from: missing, options: options)
        }
        #expect(throws: PayoutFileError.isDirectory(path: samples.path)) {
            try PayoutFile.read(from: samples.path, options: options)
        }
        #expect(throws: PayoutFileError.unreadable(path: "/dev/null", reason: "not a regular file")) {
            try PayoutFile.read(from: "/dev/null", options: options)
        }
        var small = options
        small.maximumBytes = 100
        let error = #expect(throws: PayoutFileError.self) {
            try PayoutFile.read(from: samples.appendingPathComponent("payroll.csv").path, options: small)
        }
        guard case .tooLarge(_, _, limit: 100) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        PayoutFileError.notFound(path: "a"), .isDirectory(path: "a"), .unreadable(path: "a", reason: "b"),
        .tooLarge(path: "a", bytes: 2, limit: 1), .rowTooLong(path: "a", row: 2, limit: 1), .changed(path: "a"),
    ])
    func errorsAreToldInThreeLanguages(error: PayoutFileError) {
        #expect(Set(Language.allCases.map(error.message)).count == 3)
        #expect(error.description.hasPrefix(error.message(in: .en)))
    }
}
