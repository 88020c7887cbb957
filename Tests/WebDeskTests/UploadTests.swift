import AsyncHTTPClient
import Bookkeeping
import Fixtures
import Foundation
import NIOCore
import PaymentValues
import Payouts
import Sandbox
import Testing

@testable import WebDesk

/// Wrong and hostile uploads. The desk keeps nothing of them.
@Suite struct UploadTests {
    @Test func aFileThatIsTooLargeIsRefusedAndNotKept() async throws {
        let desk = try await ServedDesk { $0.maximumUploadBytes = 1 << 20 }
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let answer = try await maker.upload("big.csv", Data(repeating: 65, count: 8 << 20))
        #expect(answer.status == 413 && answer.text.contains("larger than 1 MB"))
        #expect(try desk.staged.isEmpty)
        #expect(try desk.audit.contains("\"act\":\"uploadRefused\""))
        let line = Data("a,b,c,d,e,f,g\n".utf8)
        let fits = Data((0..<(1 << 20) / line.count).flatMap { _ in line })
        #expect(try await maker.upload("fits.csv", fits).status == 303)
        try await desk.stop()
    }

    @Test(arguments: [
        ("bomb.csv", Data([0x50, 0x4B, 3, 4] + Array(repeating: UInt8(0), count: 5000)), "The Excel file is damaged"),
        ("empty.csv", Data(), "The file is empty"), ("words.csv", Data("just words\n".utf8), "No row"),
    ])
    func aFileThatIsNotAPayoutFileHasAFindingAndCannotBeStored(name: String, bytes: Data, finding: String) async throws
    {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let answer = try await maker.upload(name, bytes)
        let page = try await maker.get(answer.location)
        #expect(page.status == 200 && page.text.contains("Fix"))
        #expect(!page.body.contains("/import\"") && page.text.contains(finding))
        // Findings about the whole file are in no table, and binary files have no delimiter.
        #expect(page.body.contains("<th scope=\"col\">") == (name == "words.csv"))
        #expect(page.text.contains("delimiter") == (name == "words.csv"))
        // A request without the page’s form does not store it either.
        let stored = try await maker.submit(answer.location + "/import", on: answer.location, ["reference": "x"])
        #expect(stored.status == 400)
        #expect(try desk.ledger.batches().isEmpty)
        try await desk.stop()
    }

    @Test func aMarkedWorkbookMayComeBackWithItsUntouchedCardsMasked() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let lines =
            ["account,mfo,pan,exp,amount,name"]
            + [(2, "0427"), (3, "1327"), (4, "0427")].map { row, expiry in
                "20208000900123456001,01183,\(Samples.card(row).digits),\(expiry),1500,Person \(row)"
            }
        let bad = try await maker.upload("payroll.csv", Data(lines.map { $0 + "\n" }.joined().utf8)).location
        let folder = try TemporaryFolder()
        let path = folder.path("marked.xlsx")
        try await maker.get(bad + "/findings.xlsx").data.write(to: URL(fileURLWithPath: path))
        let script =
            "sheet = book.worksheets[1]; sheet['D3'] = '12/27'; print(sheet['C2'].value, sheet['C2'].number_format)"
        #expect(try EditedWorkbook.edit(path, script).hasSuffix(" @\n"))
        let corrected = try Data(contentsOf: URL(fileURLWithPath: path))
        let file = try await maker.upload("payroll-corrected.xlsx", corrected).location
        let page = try await maker.get(file)
        #expect(page.text.contains("No errors"), "\(page.text)")
        #expect(try await maker.submit(file + "/import", on: file, ["reference": "payroll"]).status == 303)
        let batch = try desk.ledger.batch(named: "payroll")
        #expect(batch.totals.rows == 3 && batch.totals.sum == Tiyin(4_500))
        #expect(try desk.staged.isEmpty)
        // Without the original, each masked card is named.
        let alone = try await maker.upload("again.xlsx", corrected).location
        #expect(try await maker.get(alone).text.contains("The card is masked"))
        try await desk.stop()
    }

    @Test func theDeskHandsOutAWorkbookToFillIn() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let folder = try TemporaryFolder()
        for (language, name) in [("ru", "Выплаты"), ("uz", "To‘lovlar"), ("en", "Payouts")] {
            #expect(try await maker.get("/?lang=\(language)").body.contains("href=\"/template.xlsx\""))
            let path = folder.path("\(language).xlsx")
            try await maker.get("/template.xlsx").data.write(to: URL(fileURLWithPath: path))
            #expect(try EditedWorkbook.edit(path, "print(book.sheetnames[0], len(book.sheetnames))") == "\(name) 2\n")
        }
        try await desk.stop()
    }

    @Test func thePageAsksWhatTheFileDoesNotSay() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let text = "№;ФИО;Карта;Годен до;Сумма к выплате\n1;Каримов;8600069195406311;04/27;1500\n"
        let file = try await maker.upload("payroll.csv", Data(text.utf8)).location
        let asked = try await maker.get(file)
        #expect(asked.text.contains("Answer the questions below") && !asked.body.contains("/import\""))
        #expect(
            asked.text.contains("in so‘m: 1 500,00 so‘m in all") && asked.text.contains("in tiyin: 15,00 so‘m in all"))
        let wrong = try await maker.submit(
            file + "/choices", on: file, ["unit": "som", "account": "1", "mfo": "01183"])
        #expect(wrong.status == 400 && wrong.text.contains("20 digits"))
        let answer = ["unit": "som", "account": "2020 8000 9001 2345 6001", "mfo": "01183"]
        #expect(try await maker.submit(file + "/choices", on: file, answer).status == 303)
        let page = try await maker.get(file)
        #expect(page.text.contains("No errors") && page.text.contains("1 500,00"), "\(page.text)")
        #expect(try await maker.submit(file + "/import", on: file, ["reference": "payroll"]).status == 303)
        #expect(try desk.ledger.batch(named: "payroll").totals.sum == Tiyin(150_000))
        try await desk.stop()
    }

    @Test func thePageAsksWhatAColumnIs() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let text = "account;mfo;Хумо;exp;amount\n20208000900123456001;01183;8600069195406311;0427;1500\n"
        let file = try await maker.upload("payroll.csv", Data(text.utf8)).location
        #expect(try await maker.get(file).text.contains("What do the columns mean?"))
        #expect(
            try await maker.submit(file + "/choices", on: file, ["column-2": "pan", "headerRow": "1"]).status == 303)
        let page = try await maker.get(file)
        #expect(page.text.contains("No errors") && page.text.contains("What do the columns mean?"), "\(page.text)")
        #expect(!page.text.contains("of the last file"))
        #expect(try await maker.submit(file + "/import", on: file, ["reference": "october"]).status == 303)
        // The next month, in another session.
        let other = try await desk.signedIn("dilnoza")
        _ = try await other.get("/?lang=en")
        let next = try await other.upload("november.csv", Data(text.replacing("1500", with: "1700").utf8)).location
        let known = try await other.get(next)
        #expect(known.text.contains("No errors") && known.text.contains("of the last file"), "\(known.text)")
        try await desk.stop()
    }

    @Test func thePageOfAFileTellsOfColumnsAndRowsThatAreNotPaid() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let text = """
            ООО «Намуна», ИНН 305123456;;;;;;
            №;account;mfo;pan;exp;amount;Отдел
            1;20208000900123456001;01183;8600069195406311;1230;150000;3
            Итого;;;;;150000;
            Директор;;;;;Каримов А.;

            """
        let answer = try await maker.upload("payroll.csv", Data(text.utf8))
        let told = [
            "en": ["not used: №, Отдел", "row 4 (the total, which agrees), row 5 (a signature or a note)"],
            "ru": ["не используются: №, Отдел", "строка 1 (заголовок документа), строка 4 (итог, он сходится)"],
            "uz": ["Foydalanilmaydigan ustunlar: №, Отдел", "1-qator (hujjat sarlavhasi)", "5-qator (imzo yoki izoh)"],
        ]
        for (language, texts) in told {
            let page = try await maker.get(answer.location + "?lang=\(language)")
            for text in texts { #expect(page.text.contains(text), "\(language): \(page.text)") }
        }
        try await desk.stop()
    }

    @Test func aWorkbookIsCheckedAndStoredAsACSVFileIs() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let rows = String(decoding: Payroll.file([2, 3]), as: UTF8.self).split(separator: "\n")
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let bytes = WrittenWorkbook.bytes([("Notes", [["for me"]]), ("November", rows)])
        let answer = try await maker.upload("payroll.xlsx", Data(bytes))
        let page = try await maker.get(answer.location)
        #expect(page.text.contains("Excel workbook, sheet “November”") && page.text.contains("No errors"))
        let stored = try await maker.submit(answer.location + "/import", on: answer.location, ["reference": "payroll"])
        #expect(stored.status == 303)
        #expect(try desk.ledger.batches().map(\.totals.rows) == [2])
        try await desk.stop()
    }

    @Test func theDeskAsksWhichOfTwoSheetsIsMeant() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let rows = { (numbers: [Int]) in
            String(decoding: Payroll.file(numbers), as: UTF8.self).split(separator: "\n")
                .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        }
        let bytes = WrittenWorkbook.bytes([("October", rows([2])), ("November", rows([3, 4]))])
        let file = try await maker.upload("payroll.xlsx", Data(bytes)).location
        let asked = try await maker.get(file)
        #expect(asked.text.contains("Which sheet") && !asked.body.contains("/import\""))
        #expect(try await maker.submit(file + "/choices", on: file, ["sheet": "November"]).status == 303)
        let page = try await maker.get(file)
        #expect(page.text.contains("sheet “November”") && page.text.contains("No errors"))
        #expect(try await maker.submit(file + "/import", on: file, ["reference": "payroll"]).status == 303)
        #expect(try desk.ledger.batches().map(\.totals.rows) == [2])
        try await desk.stop()
    }

    @Test func aFileThatIsStoredAlreadyIsReportedFirst() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        _ = try await maker.store(Payroll.file([2]), "a.csv")
        let page = try await maker.get(maker.upload("b.csv", Payroll.file([2])).location)
        let parts = page.body.components(separatedBy: "This file is already uploaded")
        #expect(parts.count == 2 && !parts[0].contains("class=\"totals\"") && !parts[0].contains("findings"))
        #expect(!page.body.contains("class=\"verdict") && !page.text.contains("No errors"))
        try await desk.stop()
    }

    @Test func aFileWithoutLinesIsRefusedWithItsName() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let answer = try await maker.upload("one-line.csv", Data(repeating: 65, count: 100_000))
        #expect(answer.status == 422 && answer.text.contains("Row 1 of “one-line.csv” is longer"))
        #expect(!answer.body.contains(desk.folder.url.path))
        #expect(try desk.staged.isEmpty)
        try await desk.stop()
    }

    @Test func aDamagedFileShowsItsMistakesInTheirCells() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=ru")
        let file = """
            account,mfo,pan,exp,amount,name
            20208000900123456001,1183,\(Samples.card(2).digits),0931,100000,Ўткир
            20208000900123456001,01183,8600490000000001,0931,100000,"<img src=x onerror=alert(1)>"

            """
        let answer = try await maker.upload("a.csv", Data(file.utf8))
        let page = try await maker.get(answer.location)
        #expect(page.text.contains("2 ошибки"))
        #expect(page.text.contains("01183") && page.text.contains("B mfo") && page.text.contains("C pan"))
        #expect(page.body.contains("<td class=\"error\">1183"))
        #expect(!page.body.contains("<img") && page.body.contains("&lt;img"))
        #expect(!page.body.contains("8600490000000001") && !page.body.contains(Samples.card(2).digits))
        let workbook = try await maker.get(answer.location + "/findings.xlsx")
        #expect(workbook.status == 200 && workbook.data.starts(with: [0x50, 0x4B]))
        // Only the upload itself remains.
        #expect(try desk.staged.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".xlsx") }.count == 1)
        try await desk.stop()
    }

    @Test func uploadsBelongToTheirUserAndAreDeletedWithTheirSession() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = Data("account,mfo,pan,exp,amount\n".utf8)
        let first = try await maker.upload("a.csv", file)
        let folder = desk.folder.path("payouts.sqlite.desk")
        let modes = try ([""] + desk.staged).map {
            try FileManager.default.attributesOfItem(atPath: "\(folder)/\($0)")[.posixPermissions] as? Int
        }
        #expect(modes.sorted { ($0 ?? 0) < ($1 ?? 0) } == [0o600, 0o700, 0o700])
        // Another person cannot see it.
        #expect(try await desk.signedIn("zafar").get(first.location).status == 404)
        // The next upload replaces it.
        let second = try await maker.upload("b.csv", file)
        #expect(try await maker.get(first.location).status == 404)
        #expect(try desk.staged.filter { $0.hasSuffix(".csv") }.count == 1)
        #expect(try await maker.submit(second.location + "/discard", on: second.location).status == 303)
        #expect(try desk.staged.isEmpty)
        _ = try await maker.upload("c.csv", file)
        _ = try await maker.submit("/sign-out", on: "/")
        #expect(try desk.staged.isEmpty)
        try await desk.stop()
    }

    @Test func theStartDeletesUploadsOfAnEarlierDesk() async throws {
        let folder = try TemporaryFolder()
        let left = folder.path("payouts.sqlite.desk/x")
        try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
        try Data("cards".utf8).write(to: URL(fileURLWithPath: left + "/a.csv"))
        let desk = try await ServedDesk(in: folder)
        #expect(try desk.staged.isEmpty)
        try await desk.stop()
    }

    /// A second desk would delete the uploads of the first.
    @Test func aSecondDeskOnTheSameLedgerIsNotStarted() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = try await maker.upload("a.csv", Data("account,mfo,pan,exp,amount\n".utf8)).location
        let error = await #expect(throws: StagingError.self) { _ = try await ServedDesk(in: desk.folder) }
        #expect(error?.description.contains("another desk is already serving this ledger") == true)
        #expect(try await maker.get(file).status == 200)
        #expect(try desk.staged.contains { $0.hasSuffix("a.csv") })
        try await desk.stop()
    }

    @Test func aTruncatedOrMissingFormIsRefused() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let headers = ["origin": maker.origin, "sec-fetch-site": "same-origin"]
        let token = try await maker.get("/").token
        let cut =
            "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\naccount,mfo"
        let answer = try await maker.send(
            "POST", "/files", headers: headers.merging(["content-type": "multipart/form-data; boundary=b"]) { $1 },
            body: Data(cut.utf8))
        #expect(answer.status == 400)
        let none = try await maker.send(
            "POST", "/files", headers: headers.merging(["content-type": "text/csv"]) { $1 }, body: Data("a".utf8))
        #expect(none.status == 400)
        #expect(try desk.staged.isEmpty)
        try await desk.stop()
    }

    /// The connection breaks during the upload: the desk deletes the part that arrived.
    @Test func anInterruptedUploadLeavesNothing() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let token = try await maker.get("/").token
        let head =
            "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n\(token)\r\n--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\naccount,mfo,pan\n"
        await #expect(throws: (any Error).self) {
            _ = try await maker.begin(
                "POST", "/files",
                headers: [
                    "content-type": "multipart/form-data; boundary=b", "origin": maker.origin,
                    "sec-fetch-site": "same-origin",
                ],
                body: .stream(
                    AsyncThrowingStream<ByteBuffer, any Error> { pieces in
                        pieces.yield(ByteBuffer(string: head + String(repeating: "x", count: 1 << 16)))
                        Task {
                            do {
                                try await wait(for: "the upload on the disk") { try desk.staged.count >= 2 }
                                pieces.finish(throwing: CancellationError())
                            } catch {
                                pieces.finish(throwing: error)
                            }
                        }
                    }, length: .unknown))
        }
        #expect(try desk.audit.contains("\"act\":\"upload\""))
        try await wait(for: "the upload to be erased") { try desk.staged.isEmpty }
        #expect(try await maker.get("/").status == 200)
        try await desk.stop()
    }

    private struct Part {
        let name: String
        var fileName: String?
        var text: String

        static func file(_ name: String, row: Int = 2, field: String = "file") -> Part {
            Part(name: field, fileName: name, text: String(decoding: Payroll.file([row]), as: UTF8.self))
        }
    }

    private func send(_ parts: [Part], behind: String = "", by browser: Browser) async throws -> Browser.Answer {
        var form = ""
        for part in parts {
            let fileName = part.fileName.map { "; filename=\"\($0)\"" } ?? ""
            form += "--b\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(fileName)\r\n\r\n\(part.text)\r\n"
        }
        form += "--b--\r\n\(behind)"
        return try await browser.send(
            "POST", "/files",
            headers: [
                "content-type": "multipart/form-data; boundary=b", "origin": browser.origin,
                "sec-fetch-site": "same-origin",
            ], body: Data(form.utf8))
    }

    @Test(arguments: Language.allCases)
    func twoFilesAtOnceAreNotOneBatch(language: Language) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let token = Part(name: "token", text: try await maker.get("/?lang=\(language)").token)
        for parts in [
            [token, .file("01-a.csv"), .file("01-b.csv", row: 3)],
            [token, .file("01-a.csv"), .file("01-b.csv", row: 3, field: "other")],
            [token, .file("01-a.csv"), .file("01-b.csv", row: 3, field: "token")],
        ] {
            let answer = try await send(parts, by: maker)
            #expect(answer.status == 400 && answer.text.contains(Wording.of(language)("severalFilesHelp")))
            #expect(answer.location.isEmpty && answer.body.contains("<html lang=\"\(language)\">"))
            #expect(try desk.staged.isEmpty && desk.ledger.batches().isEmpty)
        }
        #expect(try desk.audit.contains("\"act\":\"uploadRefused\""))
        #expect(try await send([token, .file("01-a.csv")], by: maker).status == 303)
        try await desk.stop()
    }

    @Test(arguments: Language.allCases)
    func aFormWithMoreThanItsTokenAndOneFileIsRefused(language: Language) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let token = Part(name: "token", text: try await maker.get("/?lang=\(language)").token)
        let note = Part(name: "note", text: "1,2,3")
        let forms: [([Part], behind: String)] = [
            ([token, token, .file("a.csv")], ""), ([token, .file("a.csv"), token], ""),
            ([token, .file("a.csv"), note], ""), ([token, note, .file("a.csv")], ""),
            ([token, .file("b.csv", field: "other"), .file("a.csv")], ""),
            ([token, Part(name: "file", text: "1,2,3"), .file("a.csv")], ""), ([token, .file("a.csv")], "1,2,3"),
            (
                [token, .file("a.csv")],
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"c.csv\"\r\n\r\n1"
            ),
        ]
        for (number, form) in forms.enumerated() {
            let answer = try await send(form.0, behind: form.behind, by: maker)
            #expect(answer.status == 400, "form \(number)")
            #expect(answer.text.contains(Wording.of(language)("moreThanAFileHelp")), "form \(number): \(answer.text)")
            #expect(try desk.staged.isEmpty && desk.ledger.batches().isEmpty, "form \(number)")
        }
        try await desk.stop()
    }

    /// A failed upload does not replace a file that waits for a decision.
    @Test func aRefusedFormKeepsTheWaitingFile() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let waiting = try await maker.upload("a.csv", Payroll.file([2])).location
        let token = Part(name: "token", text: try await maker.get("/").token)
        #expect(try await send([token, .file("b.csv"), .file("c.csv")], by: maker).status == 400)
        #expect(try await maker.get(waiting).status == 200)
        try await desk.stop()
    }

    @Test func aDecomposedFileNameMakesTheSameBatchAsTheCommandLine() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let name = "Ойлик май"
        let page = try await maker.get(
            maker.upload(name.decomposedStringWithCanonicalMapping + ".csv", Payroll.file([2])).location)
        #expect(page.body.utf8.firstRange(of: name.utf8) != nil)
        #expect(page.body.utf8.firstRange(of: name.decomposedStringWithCanonicalMapping.utf8) == nil)
        let stored = try await maker.store(Payroll.file([2]), name.decomposedStringWithCanonicalMapping + ".csv")
        #expect(stored.status == 303)
        let batch = try #require(try desk.ledger.batches().first)
        #expect(Array(batch.reference.name.utf8) == Array(name.utf8))
        #expect(Array(batch.fileName.utf8) == Array("\(name).csv".utf8))
        // Also in an address.
        for form in [name, name.decomposedStringWithCanonicalMapping] {
            #expect(try await maker.get(Desk.path(BatchReference(stored: form))).status == 200)
        }
        try await desk.stop()
    }

    @Test(arguments: [
        String(repeating: "й", count: 57), String(repeating: "й", count: 200), " payroll", "payroll 1 ",
    ])
    func theSuggestedNameIsTheWholeNameOfTheFile(name: String) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let file = try await maker.upload(name + ".csv", Payroll.file([2])).location
        let page = try await maker.get(file)
        #expect(page.body.contains("value=\"\(name)\""))
        let stored = try await maker.post(file + "/import", ["token": page.token, "reference": name])
        #expect(stored.status == 303, "\(stored.text)")
        #expect(try desk.ledger.batches().map(\.reference.name) == [name])
        let report = try await maker.get(stored.location + "/report.json")
        #expect(report.status == 200)
        try await desk.stop()
    }

    @Test(arguments: Language.allCases)
    func aNameWithAnInvisibleCharacterIsRefusedByItsCode(language: Language) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=\(language)")
        let w = Wording.of(language)
        let answer = try await maker.upload("pay\u{202E}roll.csv", Payroll.file([2]))
        #expect(answer.status == 400 && answer.text.contains("U+202E") && answer.text.contains(w("renameFile")))
        #expect(try desk.staged.isEmpty)
        let long = try await maker.upload(String(repeating: "й", count: 201) + ".csv", Payroll.file([2]))
        #expect(long.status == 400 && long.text.contains("200") && long.text.contains(w("renameFile")))
        let file = try await maker.upload("payroll.csv", Payroll.file([2])).location
        let typed = try await maker.submit(file + "/import", on: file, ["reference": "pay\u{200B}roll"])
        #expect(typed.status == 400 && typed.text.contains("U+200B") && !typed.text.contains(w("renameFile")))
        #expect(try desk.ledger.batches().isEmpty)
        try await desk.stop()
    }

    @Test func aForgedNameStaysWithinItsFolder() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let answer = try await maker.upload("../../evil<b>\".csv", Data("a,b\n".utf8))
        #expect(answer.status == 303)
        #expect(!FileManager.default.fileExists(atPath: desk.folder.path("evil<b>\".csv")))
        #expect(try await maker.get(answer.location).body.contains("evil&lt;b&gt;&quot;.csv"))
        try await desk.stop()
    }
}
