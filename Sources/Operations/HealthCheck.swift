import Bookkeeping
package import Foundation
import Payouts
package import Processing

/// Checks everything that a run needs. It changes nothing: it creates no ledger and no key, and pays nothing.
package struct HealthCheck: Sendable {
    let context: OperationContext

    package init(_ context: OperationContext) {
        self.context = context
    }

    /// Checks the secret files, the ledger and the disks.
    ///
    /// - Parameter secrets: the secret files, each with the name to show.
    package func machine(secrets: [(name: String, path: String)]) -> [HealthFinding] {
        let files = secrets.compactMap { name, path in
            Self.mode(of: path).map { HealthFinding.secretFile(name, path: path, isPrivate: $0 & 0o077 == 0) }
        }
        return files + ledger() + [reports(), disk()]
    }

    /// Logs in to the bank and compares the clocks.
    ///
    /// - Parameter readClock: asks the bank for its time. It returns `nil` if the bank does not give it.
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
        return unsafe stat(path, &status) == 0 ? status.st_mode : nil
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

    /// Returns the folder, or its nearest existing parent.
    private static func nearestFolder(to path: String) -> String {
        var folder = URL(fileURLWithPath: path)
        while !LedgerLocation.exists(folder.path) { folder.deleteLastPathComponent() }
        return folder.path
    }
}

/// One finding of a health check.
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
    /// The free space of a folder's disk.
    /// - Parameter freeBytes: the free space, or `nil` if the system does not know it.
    case disk(folder: String, freeBytes: Int64?)
    case bankFailed(OperationError)
    case signedIn(SignIn)
    case clock(Clock)

    package enum Clock: Sendable {
        case notRead
        case notTold
        /// The number of seconds by which this machine is ahead of the bank. It is negative if the machine is behind.
        case ahead(seconds: TimeInterval)
    }
}
