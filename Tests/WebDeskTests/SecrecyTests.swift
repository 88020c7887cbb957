import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import WebDesk

/// Card numbers arrive in unexpected places. The desk must never show, log or store them in full.
@Suite struct SecrecyTests {
    private static let card = Samples.card(77).digits
    /// The number in groups, as on the card.
    private static let grouped = stride(from: 0, to: 16, by: 4).map { card.dropFirst($0).prefix(4) }.joined(
        separator: " ")

    private static func isWhole(in text: String) -> Bool {
        let digits = text.replacingOccurrences(of: "%20", with: " ").replacingOccurrences(of: "+", with: " ")
        return digits.contains(card) || digits.contains(grouped)
    }

    @Test(arguments: [card, grouped, "8600-" + grouped.dropFirst(5).replacingOccurrences(of: " ", with: "-")])
    func aCardNumberIsNeitherAUserNorABatchName(text: String) {
        #expect(throws: UserName.Invalid.self) { try UserName(text) }
        #expect(throws: BatchReference.Invalid.self) { try BatchReference(text) }
        #expect(throws: BatchReference.Invalid.self) { try BatchReference("pay \(text) now") }
        do {
            _ = try BatchReference(text)
        } catch {
            #expect(!error.description.contains(text))
        }
    }

    /// Another program may have stored the text, or a browser may have sent it.
    @Test func controlCharactersFromOutsideReachNoPage() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await maker.store(Payroll.file([2]), "a.csv").location
        let steering = "%1B%5D0%3B%07%C2%9B31m%E2%80%AE%E2%81%A6%E2%80%A8x"
        for path in ["/?q=\(steering)", "\(batch)/rows?q=\(steering)", "\(batch)/rerun?rows=\(steering)"] {
            let answer = try await maker.get(path)
            #expect(
                answer.body.unicodeScalars.allSatisfy { !$0.steersText || "\n\r\t".unicodeScalars.contains($0) },
                "\(path)")
        }
        let shown = try await maker.get("\(batch)/rows?q=\(steering)")
        #expect(shown.body.contains("&lt;U+202E&gt;"), "\(shown.body)")
        try await desk.stop()
    }

    @Test func aCardTypedAsANameIsStoredNowhere() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await maker.store(Payroll.file([2]), "a.csv").location
        let path = Self.grouped.replacingOccurrences(of: " ", with: "%20")
        var answers = [
            try await desk.browser().trySigningIn(Self.card, password: "wrong"),
            try await desk.browser().trySigningIn(Self.grouped, password: "wrong"),
            try await maker.get("/batches/\(Self.card)"), try await maker.get("/\(Self.card)"),
            try await maker.get("/batches/\(path)/rows?q=\(Self.card)&state=\(Self.card)&reason=\(Self.card)"),
            try await maker.get("/files/\(Self.card)"), try await maker.get("/?q=\(Self.card)&page=\(Self.card)"),
            try await maker.get("\(batch)/rows?q=\(path)&reason=\(Self.card)"),
            try await maker.get("\(batch)/rerun?rows=\(Self.card)&reason=\(path)"),
            try await maker.get("\(batch)/rows/\(Self.card)"),
            try await desk.signedIn("guli").submit("/batches/\(Self.card)/pay", on: "/"),
            try await maker.decide(batch + "/rows/2/withdraw", on: "/", ["note": "paid to \(Self.card)"]),
            try await maker.get(batch + "/rows/2"),
        ]
        for name in ["\(Self.card).csv", "pay \(Self.grouped).csv"] {
            let file = try await maker.upload(name, Payroll.file([3])).location
            answers.append(try await maker.get(file))
            answers.append(try await maker.submit(file + "/import", on: file, ["reference": Self.card]))
            answers.append(try await maker.submit(file + "/import", on: file, ["reference": "x \(Self.grouped)"]))
            #expect(answers.suffix(2).allSatisfy { $0.status == 400 })
            #expect(try desk.staged.allSatisfy { !Self.isWhole(in: $0) })
            answers.append(try await maker.submit(file + "/discard", on: file))
        }
        // Also not in the log, when the desk itself fails.
        try FileManager.default.removeItem(atPath: desk.users.path)
        #expect(
            FileManager.default.createFile(
                atPath: desk.users.path, contents: Data("x\n".utf8), attributes: [.posixPermissions: 0o600]))
        answers.append(try await maker.get("/batches/\(Self.card)"))
        answers.append(try await maker.get("/batches/\(path)?q=\(Self.card)"))
        #expect(!desk.log.isEmpty)
        for answer in answers {
            #expect(!Self.isWhole(in: answer.body), "\(answer.text)")
            #expect(!Self.isWhole(in: answer.location))
        }
        #expect(try !Self.isWhole(in: desk.audit))
        #expect(!Self.isWhole(in: desk.log.joined()))
        try await desk.stop()
    }
}
