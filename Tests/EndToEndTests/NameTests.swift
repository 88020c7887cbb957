import Fixtures
import Foundation
import Payouts
import Testing

/// A file has one name, in any Unicode form.
@Suite(.oneAtATime) struct NameTests {
    private let folder: TemporaryFolder
    private var program: Program

    private static let header = "account,mfo,pan,exp,amount\n20208000900123456001,01183,"
    private static let rows = Data(
        (header + "8600069195406311,1230,150000000\n20208000900123456001,01183,8600495473316478,1230,150001000\n").utf8)
    private static let composed = "Ойлик май"
    private static let decomposed = composed.decomposedStringWithCanonicalMapping
    /// 57 letters, 104 bytes.
    private static let long = "06-Реестр на зачисление заработной платы за ноябрь 2026 года"

    init() throws {
        folder = try TemporaryFolder()
        program = Program(in: folder)
        program.environment["PAYOUT_LEDGER"] = folder.path("payouts.sqlite")
    }

    /// Writes a file.
    ///
    /// - Returns: its path for the command line.
    @discardableResult private func write(_ name: String, _ bytes: Data = rows) throws -> String {
        let path = folder.path(name)
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try bytes.write(to: URL(fileURLWithPath: path))
        return path
    }

    private func ids(_ batch: String, by program: Program) async throws -> [String] {
        let result = try await program.run("report", batch, "--format", "json", "-o", "ids.json")
        #expect(result.status == 0, "\(result.errors)")
        struct Report: Decodable {
            struct Row: Decodable { let agentTranId: String }
            let rows: [Row]
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.path("ids.json")))
        return try JSONDecoder().decode(Report.self, from: data).rows.map(\.agentTranId)
    }

    /// Returns names as bytes, because Swift compares two forms of a name as equal.
    private func files(in place: String) throws -> Set<[UInt8]> {
        Set(
            try FileManager.default.contentsOfDirectory(atPath: folder.path(place)).filter { !$0.hasPrefix(".") }
                .map { Array($0.utf8) })
    }

    /// The ids that earlier versions derived from these bytes, before they normalized names.
    @Test(arguments: [
        ("payroll-2026-11", ["155068633204987", "326874919543386"]),
        ("Ойлик май", ["426818800694011", "413820034538949"]),
        ("Зарплата №5 ўқғҳ oʻzbek", ["620300525602894", "710122120565098"]),
        (String(repeating: "й", count: 50), ["181156363485040", "444222422800709"]),
    ])
    func theIDsOfANameInTheUsualFormAreThoseOfEveryVersion(name: String, expected: [String]) async throws {
        let file = try write("file.csv")
        #expect(try await program.run("import", file, "--reference", name).status == 0)
        #expect(try await ids(name, by: program) == expected)
    }

    @Test func bothFormsOfANameAreOneBatchForEveryCommand() async throws {
        let file = try write(Self.decomposed + ".csv")
        let check = try await program.run("check", file, "--json")
        #expect(try Array((check.json["reference"] as? String ?? "").utf8) == Array(Self.composed.utf8))
        #expect(try await program.run("import", file).status == 0)
        for name in [Self.composed, Self.decomposed] {
            let status = try await program.run("status", name, "--json")
            #expect(try status.json["batch"].map { Array("\($0)".utf8) } == Array(Self.composed.utf8))
            #expect(try await program.run("review", name).status == 0)
            #expect(try await ids(name, by: program) == ["426818800694011", "413820034538949"])
            let again = try await program.run("import", file, "--reference", name)
            #expect(again.status == 65 && again.errors.contains("imported already"), "\(again.errors)")
        }
        let other = try write("other.csv", Data((Self.header + "8600060921090842,1230,100000\n").utf8))
        for name in [Self.composed, Self.decomposed] {
            let taken = try await program.run("import", other, "--reference", name)
            #expect(taken.status == 65 && taken.errors.contains("another file was imported as"), "\(taken.errors)")
        }
        let run = try await program.run("run", file, "--sandbox", "--yes")
        #expect(try files(in: "output").contains(Array((Self.composed + ".xlsx").utf8)), "\(run.errors)")
    }

    /// The file came from a Mac and, after the loss of the ledger, from an e-mail.
    @Test func aLostLedgerIsRebuiltFromTheOtherFormOfItsName() async throws {
        // This bank pays every request, even for a repeated id.
        let bank = try await ServedSandbox(program, "--repeats", "doubleDebit")
        var first = program
        first.environment.merge(bank.settings) { $1 }
        #expect(try await first.run("run", write("mac/\(Self.decomposed).csv"), "--yes").status == 0)
        var second = first
        second.environment["HOME"] = folder.path("home of another machine")
        second.environment["PAYOUT_LEDGER"] = folder.path("rebuilt.sqlite")
        let result = try await second.run("run", write("mail/\(Self.composed).csv"), "--yes", "--ask-first")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try bank.debits().count == 2 && bank.requests().pay == 2)
        #expect(try await ids(Self.decomposed, by: second) == ids(Self.composed, by: first))
    }

    @Test func aNameOfMoreThanAHundredBytesIsTakenEverywhereAsItIs() async throws {
        let file = try write(Self.long + ".csv")
        #expect(try await program.run("check", file, "--json").json["reference"] as? String == Self.long)
        #expect(try await program.run("run", file, "--sandbox", "--yes").status == 0)
        #expect(try await program.run("status", Self.long, "--sandbox").status == 0)
        #expect(try files(in: "output").contains(Array((Self.long + ".xlsx").utf8)))
    }

    @Test func theReportOnABatchOfTwoHundredLettersIsCutBehindALetter() async throws {
        let name = String(repeating: "й", count: 200)
        let result = try await program.run(
            "run", write("file.csv"), "--reference", name, "--sandbox", "--yes", "--json")
        #expect(result.status == 0, "\(result.errors)")
        let path = try #require(try result.json["report"] as? String)
        #expect(path.hasPrefix("output/йййй") && path.hasSuffix(".xlsx"))
        #expect(FileManager.default.fileExists(atPath: folder.path(path)))
        #expect(try await program.run("report", name, "--sandbox").errors.contains(path))
        let tooLong = try await program.run("import", write("file.csv"), "--reference", name + "й")
        #expect(tooLong.status == 64 && tooLong.errors.contains("201 characters"), "\(tooLong.errors)")
    }

    @Test(arguments: ["pay\u{200B}roll.csv", "pay\u{202E}roll.csv", "payroll.c\u{AD}sv", "pay\u{85}roll.csv"])
    func aFileWithAnInvisibleCharacterInItsNameIsRefusedByCheckAlready(name: String) async throws {
        let file = try write(name)
        for command in [["check", file], ["import", file], ["import", file, "--reference", "good"]] {
            let result = try await program.start(command).wait()
            #expect(result.status == 64 && result.errors.contains("cannot be seen"), "\(command): \(result.errors)")
        }
        let run = try await program.run("run", file, "--sandbox", "--yes")
        #expect(run.status == 64 && run.errors.contains("U+"), "\(run.errors)")
        #expect(try await program.run("check", file, "--json").json["reference"] == nil)
        #expect(try await program.run("status", "--json").output.contains("\"batch\"") == false)
    }

    @Test func aChosenNameWithAnInvisibleCharacterIsRefused() async throws {
        let file = try write("payroll.csv")
        let result = try await program.run("import", file, "--reference", "pay\u{2067}roll")
        #expect(result.status == 64 && result.errors.contains("U+2067"), "\(result.errors)")
        #expect(!result.errors.contains("\u{2067}"))
    }

    // MARK: The inbox

    private func served() async throws -> (Program, ServedSandbox) {
        let bank = try await ServedSandbox(program, "--repeats", "doubleDebit")
        var program = program
        program.environment.merge(bank.settings) { $1 }
        return (program, bank)
    }

    @Test func theInboxKeepsFilesUnderTheOneForm() async throws {
        let (program, bank) = try await served()
        try write("in/\(Self.decomposed).csv")
        let result = try await program.run("inbox", "in", "--settle", "0")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let names = [".csv", ".xlsx"].map { Array((Self.composed + $0).utf8) }
        #expect(try files(in: "in/done") == Set(names))
        #expect(try await ids(Self.composed, by: program) == ["426818800694011", "413820034538949"])
        try write("in/\(Self.composed).csv")
        #expect(try await program.run("inbox", "in", "--settle", "0").status == 65)
        #expect(try bank.debits().count == 2)
    }

    @Test func theInboxTakesLongNamesAndTheirTwins() async throws {
        let (program, bank) = try await served()
        // 250 bytes: an explanation beside the file must have a shorter name.
        let longest = String(repeating: "й", count: 123)
        try write("in/\(Self.long).csv")
        try write("in/\(longest).csv", Data((Self.header + "8600060921090842,1230,100000\n").utf8))
        let result = try await program.run("inbox", "in", "--settle", "0", "--json")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(try bank.debits().count == 3)
        for bytes in ["1", "2"] {
            try write("in/\(longest).csv", Data((Self.header + "8600060921090842,1230,10000\(bytes).5\n").utf8))
            let rejected = try await program.run("inbox", "in", "--settle", "0")
            #expect(rejected.status == 65, "\(rejected.output)\(rejected.errors)")
        }
        let names = try files(in: "in/rejected").map { String(decoding: $0, as: UTF8.self) }
        #expect(names.count == 6 && names.filter { $0.hasSuffix(".csv") }.count == 2, "\(names)")
        #expect(names.filter { $0.hasSuffix(".txt") }.count == 2, "\(names)")
        #expect(try files(in: "in/waiting").isEmpty)
    }

    @Test func theInboxSaysWhatToDoAboutANameInItsOwnWords() async throws {
        let (program, bank) = try await served()
        try write("in/pay\u{202E}roll.csv")
        try write("in/good\u{200B}.csv", Data((Self.header + "8600060921090842,1230,100000\n").utf8))
        let result = try await program.run("inbox", "in", "--settle", "0", "--json")
        #expect(result.status == 65)
        let files = try #require(try result.json["files"] as? [[String: Any]])
        #expect(files.count == 2)
        for file in files {
            let remark = file["remark"] as? String ?? ""
            #expect(remark.contains("cannot be seen") && remark.contains("Rename the file and drop it again"))
            #expect(!remark.contains("--reference"))
        }
        #expect(try bank.requests().pay == 0)
    }
}
