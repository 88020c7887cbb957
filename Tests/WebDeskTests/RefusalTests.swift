import Bookkeeping
import Fixtures
import Foundation
import PaymentValues
import Payouts
import Testing

@testable import WebDesk

/// The pages of refusals: their texts, and where the person can continue.
@Suite struct RefusalTests {
    /// The page of each form. No refusal may lead to a page that does not exist.
    @Test(arguments: [
        ("/sign-in", "/sign-in"), ("/sign-out", "/"), ("/files", "/"), ("/files/x/import", "/files/x"),
        ("/files/x/discard", "/files/x"), ("/batches/a%20b/approve", "/batches/a%20b"),
        ("/batches/a/pay", "/batches/a"),
        ("/batches/a/reconcile", "/batches/a"), ("/batches/a/stop", "/batches/a"),
        ("/batches/a/rerun", "/batches/a/rerun"), ("/batches/a/rerun/forget", "/batches/a/rerun"),
        ("/batches/a/rows/5/correction", "/batches/a/rows/5"), ("/batches/a/rows/5/resolve", "/batches/a/rows/5"),
        ("/batches/a/rows/5/withdraw", "/batches/a/rows/5"), ("/batches/a/corrections", "/batches/a/review"),
        ("/files/x/choices", "/files/x"),
    ])
    func aFormStandsOnAPage(form: String, page: String) {
        #expect(Desk.page(ofForm: form) == page)
    }

    @Test func theLanguagesOfARefusalLeadToThePageOfItsForm() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await maker.store(Payroll.file([2]), "a.csv").location
        let file = try await maker.upload("b.csv", Payroll.file([3])).location
        let token = try await maker.get("/").token
        for (form, fields) in [
            (batch + "/pay", ["rows": "7"]), (batch + "/rows/2/withdraw", ["note": ""]),
            (batch + "/rows/2/resolve", [:]), (batch + "/rows/2/correction", [:]),
            (batch + "/rows/2/correction", ["pan": "8600490000000001", "exp": "0931"]), (batch + "/rerun", [:]),
            (file + "/import", ["reference": "."]), ("/files/none/import", [:]), ("/batches/none/pay", [:]),
            ("/files", [:]), ("/nowhere", [:]), (batch + "/stop", ["token": ""]),
        ] {
            let answer = try await maker.post(form, ["token": token].merging(fields) { $1 })
            #expect(answer.status >= 400, "\(form)")
            let links = answer.languageLinks
            #expect(links.count == 3, "\(form)")
            for link in links { #expect(try await maker.get(link).status == 200, "\(form): \(link)") }
        }
        try await desk.stop()
    }

    @Test func aCorrectionOfARowWithdrawnMeanwhileIsRefusedWithItsReason() async throws {
        let desk = try await ServedDesk()
        let (maker, colleague) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("zafar"))
        _ = try await maker.get("/?lang=en")
        let refused = Data("account,mfo,pan,exp,amount\n20208000900123456001,01183,8600000000000023,1230,100000".utf8)
        let batch = try await maker.store(refused, "a.csv").location
        _ = try await maker.pay(batch)
        try await desk.settles("a")
        let row = batch + "/rows/2"
        let typed = ["pan": Samples.card(900).digits, "exp": "09/31"]
        let plan = try await maker.get(maker.submit(row + "/correction", on: row, typed).location)
        #expect(try await colleague.decide(row + "/withdraw", on: row, ["note": "left us"]).status == 303)
        var form = ["token": plan.token]
        for name in ["shown", "rows", "tiyin", "warnings"] { form[name] = plan.field(name) }
        let answer = try await maker.post(batch + "/rerun", form)
        #expect(answer.status == 409)
        #expect(answer.text.contains("Row 2") && !answer.text.contains("went wrong in the program"), "\(answer.text)")
        #expect(!desk.log.contains { $0.contains("POST") })
        try await desk.stop()
    }

    /// The link keeps the query: without it the page of a rerun has no rows.
    @Test func aRefusedFormLeadsBackToItsPage() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let batch = try await maker.store(Payroll.file([2]), "a.csv").location
        let token = try await maker.get("/").token
        for (referer, query) in [
            (maker.origin + batch + "/rerun?rows=2&lang=uz", "lang=en&amp;rows=2"),
            (maker.origin + "/elsewhere?rows=2", "lang=en"), ("https://evil.example\(batch)/rerun?rows=2", "lang=en"),
        ] {
            let answer = try await maker.post(batch + "/rerun", ["token": token], headers: ["referer": referer])
            #expect(answer.body.contains("href=\"\(batch)/rerun?\(query)\""), "\(referer)")
        }
        try await desk.stop()
    }

    @Test(arguments: Language.allCases)
    func aUsersFileThatCannotBeReadIsToldOnAPage(language: Language) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=\(language)")
        let token = try await maker.get("/").token
        let visitor = desk.browser()
        _ = try await visitor.get("/sign-in?lang=\(language)")
        let form = try await visitor.get("/sign-in").token
        for damage in Damage.allCases {
            try damage.bring(to: desk.users.path)
            for answer in [
                try await maker.get("/"), try await maker.get("/batches/x"),
                try await maker.post("/sign-out", ["token": token]), try await maker.get("/batches/x/report.xlsx"),
                try await visitor.post("/sign-in", ["name": "dilnoza", "password": "correct horse", "token": form]),
            ] {
                #expect(answer.status == 503, "\(damage)")
                #expect(answer.body.contains("<html lang=\"\(language)\">"))
                #expect(answer.text.contains(Wording.of(language)("usersTroubleHelp")))
                #expect(answer.headers["content-security-policy"] != nil)
                #expect(!answer.body.contains(desk.folder.url.path), "the path belongs in the log")
            }
            // A page without its style sheet would look like an attack.
            #expect(try await maker.get("/style.css").status == 200)
            #expect(desk.log.contains { $0.contains(desk.users.path) && $0.contains(damage.remedy) }, "\(desk.log)")
        }
        try await desk.stop()
    }

    enum Damage: CaseIterable {
        case badLine, openToOthers, folder

        var remedy: String {
            switch self {
            case .badLine: "desk-user add"
            case .openToOthers: "chmod 600"
            case .folder: "desk-user"
            }
        }

        func bring(to path: String) throws {
            let files = FileManager.default
            if files.fileExists(atPath: path) { try files.removeItem(atPath: path) }
            switch self {
            case .badLine:
                #expect(
                    files.createFile(
                        atPath: path, contents: Data([0xFF, 0xFE, 10]), attributes: [.posixPermissions: 0o600]))
            case .openToOthers:
                #expect(files.createFile(atPath: path, contents: Data(), attributes: [.posixPermissions: 0o644]))
            case .folder:
                try files.createDirectory(
                    atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            }
        }
    }

    @Test func aFileThatWasStoredMeanwhileIsNamedAndLinked() async throws {
        let desk = try await ServedDesk()
        let (maker, other) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("zafar"))
        _ = try await maker.get("/?lang=en")
        let bytes = Payroll.file([2])
        let file = try await maker.upload("a.csv", bytes).location
        let page = try await maker.get(file)
        #expect(try await other.store(bytes, "night.csv").status == 303)
        let answer = try await maker.post(file + "/import", ["token": page.token, "reference": "a"])
        #expect(answer.status == 409)
        #expect(answer.text.contains("This file is already uploaded") && !answer.text.contains("cannot be read"))
        #expect(answer.body.contains("<a href=\"/batches/night\">night</a>"))
        #expect(answer.text.contains("zafar") && answer.text.contains(/\d\d\.\d\d\.\d{4}/))
        // The page of the file then asks whether the person means it.
        #expect(answer.body.contains("href=\"\(file)\""))
        let again = try await maker.get(file)
        #expect(again.body.contains("name=\"again\""))
        #expect(again.text.contains("1 warning"), "that the same people are in another batch")
        let sameName = try await maker.post(
            file + "/import",
            ["token": page.token, "reference": "night", "again": "yes", "warnings": again.field("warnings")]
                .merging(again.ticks) { $1 })
        #expect(sameName.status == 409 && sameName.body.contains("<a href=\"/batches/night\">night</a>"))
        #expect(try desk.ledger.batches().count == 1)
        try await desk.stop()
    }
}

extension Browser.Answer {
    /// Returns the targets of the language links.
    var languageLinks: [String] {
        body.matches(of: /<a href="([^"]*)" lang=/).map { String($0.1).replacingOccurrences(of: "&amp;", with: "&") }
    }
}

extension ServedDesk {
    /// Waits until the desk's run of a batch has ended.
    func settles(_ batch: String) async throws {
        let reference = try ledger.batch(named: batch).reference
        await desk.runs.tasks[reference]?.value
    }
}
