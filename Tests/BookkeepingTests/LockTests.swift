import Bookkeeping
import Fixtures
import Foundation
import Testing

/// The files that programs lock. Others may know their names beforehand.
@Suite struct LockTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var ledger: String { folder.path("payouts.sqlite") }
    private var lock: String { folder.path("payouts.sqlite.runner") }

    private func expectRefusal(_ words: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for look in [
            { _ = try RunnerLock(ledgerPath: ledger, holder: "a test") },
            { _ = try RunnerLock.holder(ofLedgerAt: ledger) },
        ] {
            let error = #expect(throws: LedgerError.self, sourceLocation: sourceLocation) { try look() }
            #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        }
    }

    @Test(arguments: [true, false]) func aLinkIsRefusedAsALockAndItsTargetKeepsItsBytes(isHard: Bool) throws {
        let target = folder.path("key")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
        if isHard {
            try FileManager.default.linkItem(atPath: target, toPath: lock)
        } else {
            try FileManager.default.createSymbolicLink(atPath: lock, withDestinationPath: target)
        }
        expectRefusal(isHard ? "not a lock file" : "it is a link")
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "precious")
    }

    @Test func aFileThatHoldsMoreThanANameIsNotEmptied() throws {
        let bytes = Data(repeating: 1, count: 10_000)
        try bytes.write(to: URL(fileURLWithPath: lock))
        expectRefusal("not a lock file")
        #expect(try Data(contentsOf: URL(fileURLWithPath: lock)) == bytes)
    }

    @Test func aPipeIsNoLock() {
        let isMade = unsafe mkfifo(lock, 0o600) == 0
        #expect(isMade)
        expectRefusal("not a lock file")
    }

    /// A program that root ran once must not stop the service of the ledger's account.
    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func aLockThatRootMadeBelongsToTheOwnerOfTheFolder() throws {
        unsafe chown(folder.url.path, 5000, 5000)
        let held = try RunnerLock(ledgerPath: ledger, holder: "root")
        var status = stat()
        unsafe stat(lock, &status)
        #expect(status.st_uid == 5000 && status.st_mode & 0o777 == 0o600)
        held.release()
    }
}
