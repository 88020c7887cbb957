import AsyncHTTPClient
import Bookkeeping
import Fixtures
import Foundation
import NIOCore
import NIOHTTP1
import PaymentValues
import Payouts
import Processing
import Testing

@testable import WebDesk

/// Runs as they go on, and those who look on.
@Suite struct LiveTests {
    /// A batch that another program is at work on for as long as the lock is held.
    private static func busyBatch(of desk: ServedDesk, by maker: Browser) async throws -> RunnerLock {
        _ = try await maker.store(Payroll.file([2, 3]), "a.csv")
        let record = try desk.ledger.batch(named: "a")
        _ = try desk.ledger.bind(record, to: "sandbox", senderName: "viplati", isMoved: false)
        let pending = try desk.ledger.pending(in: record, senderName: "viplati", after: 0, limit: 1)
        #expect(try await CommitQueue(ledger: desk.ledger).claim(try #require(pending.first)))
        return try RunnerLock(ledgerPath: desk.ledger.path, holder: "process 1 of cron")
    }

    @Test func onlySoManyLookOnAtOnceAndTheOthersReload() async throws {
        let desk = try await ServedDesk { $0.streams = .init(ofSession: 2, ofAll: 3) }
        let (maker, viewer) = (try await desk.signedIn("dilnoza"), try await desk.signedIn("guli"))
        let lock = try await Self.busyBatch(of: desk, by: maker)
        let first = try await maker.open("/batches/a/progress")
        let second = try await maker.open("/batches/a/progress")
        #expect(first.status == 200 && second.status == 200)
        let third = try await maker.get("/batches/a/progress")
        #expect(third.status == 429 && third.headers["retry-after"] == "5" && third.body.isEmpty)
        // The page itself is as good as ever.
        #expect(try await maker.get("/batches/a").text.contains("cron"))
        let viewers = try await viewer.open("/batches/a/progress")
        #expect(viewers.status == 200)
        #expect(try await viewer.get("/batches/a/progress").status == 429, "the desk as a whole")
        // Who closes her page makes room.
        first.close()
        try await settles { try await viewer.isWelcome("/batches/a/progress") }
        second.close()
        viewers.close()
        lock.release()
        try await desk.stop()
    }

    /// An end that is none would have the page reload a desk that is not there.
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

    @Test func whoIsSignedOutIsNotToldThatTheRunHasEnded() async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        let lock = try await Self.busyBatch(of: desk, by: maker)
        let stream = try await maker.open("/batches/a/progress")
        _ = try await maker.submit("/sign-out", on: "/")
        #expect(try await !stream.rest().contains("event: ended"))
        lock.release()
        try await desk.stop()
    }

    @Test func aRunThatHasEndedIsLetGoOf() async throws {
        let runs = Runs()
        let batches = try (1...3).map { try BatchReference("batch-\($0)") }
        for batch in batches {
            try await runs.begin(batch, for: "dilnoza@desk", at: Date(timeIntervalSince1970: 0)) { attendance in
                attendance.begun()
                return .ended
            }
        }
        await #expect(throws: LedgerError.self) {
            try await runs.begin(batches[0], for: "dilnoza@desk", at: Date(timeIntervalSince1970: 0)) { _ in
                throw LedgerError.noSuchBatch("batch-1")
            }
        }
        await runs.close()
        #expect(await runs.tasks.isEmpty)
        #expect(await runs.active.isEmpty)
    }

    /// A run that is on until it is told to end.
    private static func hold(_ desk: ServedDesk, _ batch: String) async throws -> AsyncStream<Void>.Continuation {
        let (ends, end) = AsyncStream<Void>.makeStream()
        try await desk.desk.runs.begin(BatchReference(batch), for: "zafar@desk", at: Date()) { attendance in
            attendance.begun()
            for await _ in ends {}
            return .ended
        }
        return end
    }

    @Test(arguments: [true, false])
    func aRerunThatIsAskedForWhileARunIsOnKeepsItsCorrections(isOfThisDesk: Bool) async throws {
        let desk = try await ServedDesk()
        let maker = try await desk.signedIn("dilnoza")
        _ = try await maker.get("/?lang=en")
        let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("samples/payroll.csv")
        let batch = try await maker.store(try Data(contentsOf: sample), "payroll.csv").location
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
            try await settles { await desk.desk.runs.active.isEmpty }
        } else {
            let lock = try RunnerLock(ledgerPath: desk.ledger.path, holder: "process 1 of cron")
            busy = try await rerun()
            #expect(busy.text.contains("process 1 of cron"))
            lock.release()
        }
        #expect(busy.status == 409 && busy.text.contains("Another run is at work now"))
        #expect(try sends() == 1)
        // What she typed is still there, and goes out when she asks once more.
        #expect(try await rerun().status == 303)
        _ = try await maker.get(batch + "/progress")
        #expect(try sends() == 2)
        #expect(try await maker.get(row).text.contains("paid"))
        try await desk.stop()
    }

    /// Asks until it is so. The time limit of the test ends what never is.
    private func settles(_ isSo: () async throws -> Bool) async throws {
        while try await !isSo() { await Task.yield() }
    }
}

/// An answer that goes on, as a browser has it that shows a run.
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
                // The desk ended it, or the test did.
            }
            put.finish()
        }
    }

    func close() {
        reading.cancel()
    }

    /// All that came, once nothing more does.
    func rest() async throws -> String {
        var text = ""
        for await piece in pieces { text += piece }
        return text
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
