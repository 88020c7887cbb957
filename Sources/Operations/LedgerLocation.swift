package import Bookkeeping
import Foundation
import Processing
import Synchronization

/// Locates and opens the ledger.
package struct LedgerLocation: Sendable {
    package let path: String
    package let keyFile: KeyFile
    package let isSandbox: Bool
    /// Whether the path is the default. Only then is the ledger's folder created.
    let isDefault: Bool
    /// The path of the practice ledger. In practice mode it equals `path`.
    let practicePath: String
    /// The path of the ledger in versions before 0.1.
    let earlierPath: String?
    /// The person's statements about the ledger.
    package fileprivate(set) var opening: LedgerOpening
    private let journal: JournalFile

    package init(
        path: String, keyFile: KeyFile, isSandbox: Bool, isDefault: Bool = false, practicePath: String,
        earlierPath: String? = nil, opening: LedgerOpening = LedgerOpening(), journal: JournalFile = JournalFile()
    ) {
        self.path = path
        self.keyFile = keyFile
        self.isSandbox = isSandbox
        self.isDefault = isDefault
        self.practicePath = practicePath
        self.earlierPath = earlierPath
        var opening = opening
        opening.isSandbox = isSandbox
        self.opening = opening
        self.journal = journal
    }

    package var exists: Bool { Self.exists(path) }

    /// The path of the practice ledger, for a hint if a batch is not found. `nil` if there is no practice ledger.
    var practice: String? { isSandbox || !Self.exists(practicePath) ? nil : practicePath }

    var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    fileprivate func open(
        as person: String, for purpose: LedgerOpening.Purpose, now: @escaping @Sendable () -> Date
    ) throws(LedgerError) -> Ledger {
        var opening = opening
        opening.purpose = purpose
        return try Ledger(path: path, keyFile: keyFile, who: person, journal: journal, opening: opening, now: now)
    }

    /// Checks that the ledger is not missing.
    /// - Throws: `LedgerError.isMissing` if there is no ledger although its key was already used.
    package func demandNothingMissing() throws(LedgerError) {
        guard !exists else { return }
        try Ledger.demandNothingMissing(at: path, keyFile: keyFile, isSandbox: isSandbox)
    }

    /// Creates the folder of a new ledger if the path is the default.
    fileprivate func makeWay() throws(OperationError) {
        try demandNoEarlierLedger()
        guard !Self.exists(folder) else { return }
        guard isDefault else { throw .noLedgerFolder(folder, ledger: path) }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .cannotMakeLedgerFolder(folder, ledger: path)
        }
    }

    /// Refuses to create a ledger if one of an earlier version exists. A new ledger would not know the earlier payments
    /// and would pay them again.
    fileprivate func demandNoEarlierLedger() throws(OperationError) {
        guard isDefault, !isSandbox, let earlierPath, Self.exists(earlierPath) else { return }
        throw .earlierLedger(at: earlierPath, ledger: path, folder: folder)
    }
}

extension OperationContext {
    /// Opens the ledger or creates it, and reports its findings to the observer.
    package func openLedger(for purpose: LedgerOpening.Purpose = .working) throws(OperationError) -> Ledger {
        if !ledger.exists { try ledger.makeWay() }
        do {
            let opened = try ledger.open(as: person, for: purpose, now: time.now)
            tellFindings(of: opened)
            return opened
        } catch {
            throw .ledger(error)
        }
    }

    /// Opens an existing ledger. A mistyped path must not create an empty ledger.
    ///
    /// - Parameter purpose: use `reading` for work that changes nothing. It also opens copies.
    package func openExistingLedger(for purpose: LedgerOpening.Purpose = .working) throws(OperationError) -> Ledger {
        guard ledger.exists else {
            try ledger.demandNoEarlierLedger()
            do {
                try ledger.demandNothingMissing()
            } catch {
                throw .ledger(error)
            }
            throw .noLedger(path: ledger.path, practice: ledger.practice)
        }
        return try openLedger(for: purpose)
    }

    /// Opens the ledger for one piece of work and closes it afterwards.
    package func withLedger<Result>(
        for purpose: LedgerOpening.Purpose = .working, _ work: (Ledger) throws -> Result
    ) throws(OperationError) -> Result {
        try OperationError.classifying {
            let ledger = try openExistingLedger(for: purpose)
            let result = try work(ledger)
            try ledger.close()
            return result
        }
    }

    /// Returns the same context with changed statements about the ledger.
    func saying(_ change: (inout LedgerOpening) -> Void) -> OperationContext {
        var context = self
        change(&context.ledger.opening)
        return context
    }

    /// Finds a batch by its name.
    package func batch(named name: String, in ledger: Ledger) throws(OperationError) -> BatchRecord {
        do {
            return try ledger.batch(named: name)
        } catch .noSuchBatch {
            throw .noSuchBatch(name, practice: self.ledger.practice)
        } catch {
            throw .ledger(error)
        }
    }

    /// Reports the ledger's findings since the last call to the observer.
    func tellFindings(of ledger: Ledger) {
        let findings = ledger.findings.withLock { findings in
            defer { findings = [] }
            return findings
        }
        for finding in findings { observe(.ledgerNoticed(finding, ledger: ledger.path)) }
    }
}
