import Fixtures
import Foundation
import Synchronization
import Testing

@testable import WebDesk

/// The audit log is bounded, whoever writes to it.
@Suite struct AuditLogTests {
    private final class Disk: Sendable {
        let freeMegabytes = Mutex<Int64>(1000)
        let minutes = Mutex(0)
    }

    private let folder: TemporaryFolder
    private let disk = Disk()
    private let log: AuditLog

    init() throws {
        folder = try TemporaryFolder()
        log = try AuditLog(
            path: folder.path("audit"), freeBytes: { [disk] in disk.freeMegabytes.withLock { $0 << 20 } },
            now: { [disk] in Samples.noon.addingTimeInterval(disk.minutes.withLock { Double($0 * 60) }) })
    }

    private var lines: [Substring] {
        get throws { try String(contentsOfFile: folder.path("audit"), encoding: .utf8).split(separator: "\n") }
    }

    @Test func aMinuteHasAFewLinesOfStrangersAndTheNumberOfTheOthers() throws {
        for _ in 1...1000 { log.note(.init(act: .signInHeldBack, from: "10.0.0.1")) }
        #expect(try lines.count == AuditLog.linesOfStrangers)
        disk.minutes.withLock { $0 += 1 }
        log.writeCounts()
        #expect(try lines.last?.contains(#""act":"signInHeldBack""#) == true)
        #expect(try lines.last?.contains(#""count":\#(1000 - AuditLog.linesOfStrangers)"#) == true)
        log.note(.init(act: .signInFailed))
        #expect(try lines.count == AuditLog.linesOfStrangers + 2)
    }

    @Test func longTextsAreCut() throws {
        log.note(.init(act: .formRefused, detail: String(repeating: "\u{FFFD}", count: 30_000)))
        try log.record(.init(act: .upload, who: "dilnoza", detail: String(repeating: "x", count: 30_000)))
        for line in try lines { #expect(line.utf8.count < 500) }
    }

    @Test func anEntryIsAlwaysOneLine() throws {
        for text in ["a\nb", "x\"}\n{\"act\":\"pay\"}", "\u{1B}]0;x\u{7}", "\u{2028}", "\u{0}", "\r", "\u{85}"] {
            try log.record(.init(act: .signInFailed, who: text, batch: text, detail: text))
        }
        let written = try String(contentsOfFile: folder.path("audit"), encoding: .utf8)
        #expect(written.unicodeScalars.count { $0 == "\n" } == 7 && !written.contains("\r"))
        for line in try lines {
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(entry?["act"] as? String == "signInFailed", "\(line)")
        }
    }

    @Test func noControlCharacterReachesTheTerminalOfAReader() throws {
        try log.record(.init(act: .signInFailed, who: "\u{9B}31m\u{7F}\u{202E}root"))
        let written = try lines
        #expect(written.last?.contains(#""who":"\u009B31m\u007F\u202Eroot""#) == true, "\(written)")
    }

    @Test func strangersStopFirstAndUsersBeforeTheReserveOfTheLedger() throws {
        disk.freeMegabytes.withLock { $0 = 40 }
        log.note(.init(act: .signInFailed))
        #expect(try lines.isEmpty)
        try log.record(.init(act: .pay, who: "dilnoza"))
        #expect(try lines.count == 1)
        disk.freeMegabytes.withLock { $0 = 20 }
        #expect(throws: AuditLogError.self) { try log.record(.init(act: .pay, who: "dilnoza")) }
        #expect(try lines.count == 1)
        // Nothing that was counted is lost when there is space again.
        disk.freeMegabytes.withLock { $0 = 1000 }
        disk.minutes.withLock { $0 += 1 }
        log.writeCounts()
        #expect(try lines.last?.contains(#""count":1"#) == true)
    }
}
