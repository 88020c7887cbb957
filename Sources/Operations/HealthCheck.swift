import Bookkeeping
import Foundation
import Payouts
import Processing

/// Looks at all that a run needs, and changes nothing: no ledger and no key is made, and nothing is paid.
package struct HealthCheck: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Looks at the files that nobody else may read, the ledger and the disks.
    ///
    /// - Parameter secrets: files with secrets, each with what it is called.
    package func machine(secrets: [(name: String, path: String)]) -> [HealthFinding] {
        let files = secrets.compactMap { name, path in
            Self.mode(of: path).map { HealthFinding.secretFile(name, path: path, isPrivate: $0 & 0o077 == 0) }
        }
        return files + ledger() + [reports(), disk()]
    }

    /// Signs in at the bank and compares the clocks.
    ///
    /// - Parameter readClock: asks the bank for its time; `nil` where it does not say.
    package func bank(readClock: () async throws -> Date?) async -> [HealthFinding] {
        let answer: SignIn
        do {
            let bank = try await context.bank.open()
            answer = await bank.bank.signIn()
            try await bank.close()
        } catch {
            return [.bankFailed(OperationError(error))]
        }
        if case .unreachable = answer { return [.signedIn(answer)] }
        do {
            guard let theirs = try await readClock() else { return [.signedIn(answer), .clock(.notTold)] }
            let ahead = context.time.now().timeIntervalSince(theirs)
            return [.signedIn(answer), .clock(.ahead(seconds: ahead))]
        } catch {
            return [.signedIn(answer), .clock(.notRead)]
        }
    }

    private static func mode(of path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }

    private func ledger() -> [HealthFinding] {
        do {
            guard context.ledger.exists else {
                try context.ledger.demandNothingMissing()
                return [.noLedgerYet]
            }
            let found = try Ledger.verify(fileAt: context.ledger.path, keyFile: context.ledger.keyFile)
            return [.keyFits(context.ledger.keyFile.path)] + found.faults.map { .ledgerFault($0) }
                + [found.journalFault.map { .journalFault($0) }].compactMap(\.self)
                + [found.faults.isEmpty ? .ledgerSound(batches: found.batches, head: found.head) : .ledgerUnsound]
        } catch {
            return [.ledgerFailed(OperationError(error))]
        }
    }

    private func reports() -> HealthFinding {
        let folder = Self.nearestFolder(to: context.outputFolder)
        return .reports(folder: folder, isWritable: FileManager.default.isWritableFile(atPath: folder))
    }

    private func disk() -> HealthFinding {
        let folder = Self.nearestFolder(to: context.ledger.folder)
        do {
            let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder)
            return .disk(folder: folder, freeBytes: (attributes[.systemFreeSize] as? NSNumber)?.int64Value)
        } catch {
            return .disk(folder: folder, freeBytes: nil)
        }
    }

    /// The folder itself, or the one in which it would be made.
    private static func nearestFolder(to path: String) -> String {
        var folder = URL(fileURLWithPath: path)
        while !LedgerLocation.exists(folder.path) { folder.deleteLastPathComponent() }
        return folder.path
    }
}

/// One thing that a health check found.
package enum HealthFinding: Sendable {
    case secretFile(String, path: String, isPrivate: Bool)
    case noLedgerYet
    case ledgerFailed(OperationError)
    case keyFits(String)
    case ledgerFault(String)
    case journalFault(String)
    case ledgerSound(batches: Int, head: String)
    case ledgerUnsound
    case reports(folder: String, isWritable: Bool)
    /// - Parameter freeBytes: `nil` where the system does not say.
    case disk(folder: String, freeBytes: Int64?)
    case bankFailed(OperationError)
    case signedIn(SignIn)
    case clock(Clock)

    package enum Clock: Sendable {
        case notRead
        case notTold
        /// By how much this machine is ahead of the bank; negative where it is behind.
        case ahead(seconds: TimeInterval)
    }
}
