import AsyncHTTPClient
import Bookkeeping
import Fixtures
import Foundation
import NIOCore
import NIOHTTP1
import Operations
import PaymentValues
import Payouts
import Processing
import Testing

@testable import WebDesk

/// Active runs, and the pages that follow them.
@Suite struct LiveTests {
    /// A batch that another program works on while the lock is held.
    private static func busyBatch(of desk: ServedDesk, by maker: Browser) async throws -> RunnerLock {
        _ = try await maker.store(Payroll.file([2, 3]), "a.csv")
        let record = try desk.ledger.batch(named: "a")
        _ = try desk.ledger.bind(record, to: "sandbox", senderName: "viplati", isMoved: false)
        let pending = try desk.ledger.pending(in: record, senderName: "viplati", after: 0, limit: 1)
        #expect(try await CommitQueue(ledger: desk.ledger).claim(try #require(pending.first)))
        return try RunnerLock(ledgerPath: desk.ledger.path, holder: "process 1 of cron")
    }

    @Test func streamsAreLimitedAndOtherPagesReload() async throws {
        let desk = try await ServedDesk { $0.streams = .init(ofUser: 2, ofAll: 3) }
        let (maker, viewer) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("guli"))
        let lock = try await Self.busyBatch(of: desk, by: maker)
        let first = try await maker.open("/batches/a/progress")
        // Another session of the same user.
        let second = try await desk.signedIn("dilnoza").open("/batches/a/progress")
        #expect(first.status == 200 && second.status == 200)
        let third = try await maker.get("/batches/a/progress")
        #expect(third.status == 429 && third.headers["retry-after"] == "5" && third.body.isEmpty)
        // The page itself still works.
        #expect(try await maker.get("/batches/a?lang=en").text.contains("not from this page"))
        let viewers = try await viewer.open("/batches/a/progress")
        #expect(viewers.status == 200)
        #expect(try await viewer.get("/batches/a/progress").status == 429, "the desk as a whole")
        // A closed page frees its permit.
        first.close()
        try await wait(for: "room for another reader") { try await viewer.isWelcome("/batches/a/progress") }
        second.close()
        viewers.close()
        lock.release()
        try await desk.stop()
    }

    /// A false `ended` event would make the page reload while the desk is down.
    @Test func aDeskThatStopsDoesNotSayThatTheRunHasEnded() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let lock = try await Self.busyBatch(of: desk, by: maker)
        let stream = try await maker.open("/batches/a/progress")
        async let said = stream.rest()
        try await desk.stop()
        lock.release()
        let text = try await said
        #expect(text.contains("event: proof") && !text.contains("event: ended"))
    }

    @Test func aSignedOutPageGetsNoEndOfTheRun() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let lock = try await Self.busyBatch(of: desk, by: maker)
        let stream = try await maker.open("/batches/a/progress")
        _ = try await maker.submit("/sign-out", on: "/")
        #expect(try await !stream.rest().contains("event: ended"))
        lock.release()
        try await desk.stop()
    }

    @Test func anEndedRunIsForgotten() async throws {
        let runs = Runs()
        let batches = try (1...3).map { try BatchReference("batch-\($0)") }
        for batch in batches {
            try await runs.begin(batch, for: "dilnoza@desk", at: Date(timeIntervalSince1970: 0)) { _, tell in
                tell(.started(batch))
                return .everyRowPaid
            }
        }
        await #expect(throws: LedgerError.self) {
            try await runs.begin(batches[0], for: "dilnoza@desk", at: Date(timeIntervalSince1970: 0)) { _, _ in
                throw LedgerError.noSuchBatch("batch-1")
            }
        }
        await runs.close()
        #expect(await runs.tasks.isEmpty)
        #expect(await runs.active.isEmpty)
    }

    /// A run that stays active until the test ends it.
    private static func hold(_ desk: ServedDesk, _ batch: String) async throws -> AsyncStream<Void>.Continuation {
        let (ends, end) = AsyncStream<Void>.makeStream()
        let reference = try BatchReference(batch)
        try await desk.desk.runs.begin(reference, for: "zafar@desk", at: Date()) { _, tell in
            tell(.started(reference))
            for await _ in ends {}
            return .everyRowPaid
        }
        return end
    }

    @Test(arguments: [true, false])
    func aRerunThatIsAskedForWhileARunIsOnKeepsItsCorrections(isOfThisDesk: Bool) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let batch = try await maker.store(try Payroll.sample(), "payroll.csv").location
        _ = try await maker.pay(batch)
        _ = try await maker.get(batch + "/progress")
        let row = batch + "/rows/5"
        _ = try await maker.submit(row + "/correction", on: row, ["pan": Samples.card(900).digits, "exp": "0931"])
        func rerun() async throws -> Browser.Answer {
            let plan = try await maker.get(batch + "/rerun")
            #expect(plan.text.contains(Samples.card(900).masked))
            return try await maker.post(
                batch + "/rerun",
                [
                    "token": plan.token, "shown": plan.field("shown"), "rows": plan.field("rows"),
                    "tiyin": plan.field("tiyin"), "warnings": plan.field("warnings"),
                ])
        }
        func sends() throws -> Int {
            try desk.ledger.report(on: desk.ledger.batch(named: "payroll").id) { try $0.row(5).sends }
        }
        let busy: Browser.Answer
        if isOfThisDesk {
            let end = try await Self.hold(desk, "payroll")
            busy = try await rerun()
            #expect(busy.text.contains("zafar") && !busy.text.contains("@desk"))
            end.finish()
            try await wait(for: "the run to end") { await desk.desk.runs.active.isEmpty }
        } else {
            let lock = try RunnerLock(ledgerPath: desk.ledger.path, holder: "process 1 of cron")
            busy = try await rerun()
            #expect(busy.text.contains("process 1 of cron"))
            lock.release()
        }
        #expect(busy.status == 409 && busy.text.contains("Another batch is being sent now"))
        #expect(try sends() == 1)
        // The typed correction is still there, and the next try sends it.
        #expect(try await rerun().status == 303)
        _ = try await maker.get(batch + "/progress")
        #expect(try sends() == 2)
        #expect(try await maker.get(row).text.contains("paid"))
        try await desk.stop()
    }
}

/// A streamed answer, as a browser receives it that follows a run.
struct OpenStream {
    let status: Int
    private let pieces: AsyncStream<String>
    private let reading: Task<Void, Never>

    init(_ response: HTTPClientResponse) {
        status = Int(response.status.code)
        let (pieces, put) = AsyncStream<String>.makeStream()
        self.pieces = pieces
        reading = Task {
            do {
                for try await piece in response.body { put.yield(String(buffer: piece)) }
            } catch {
                // The desk or the test ended the stream.
            }
            put.finish()
        }
    }

    func close() {
        reading.cancel()
    }

    /// Returns all data after the stream has ended.
    func rest() async throws -> String {
        try await ending("the stream to end") { [pieces] in await pieces.reduce("", +) }
    }
}

extension Browser {
    func open(_ path: String) async throws -> OpenStream {
        OpenStream(try await begin("GET", path))
    }

    func isWelcome(_ path: String) async throws -> Bool {
        let stream = try await open(path)
        stream.close()
        return stream.status == 200
    }
}
