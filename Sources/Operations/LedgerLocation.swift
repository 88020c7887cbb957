import Bookkeeping
import Foundation

/// Where the ledger lies, and how it is opened.
package struct LedgerLocation: Sendable {
    package let path: String
    package let keyFile: KeyFile
    package let isSandbox: Bool
    /// Whether nobody named a ledger. Only then its folder may be made.
    let isDefault: Bool
    /// Where practice batches are kept; the same as `path` for practice.
    let practicePath: String
    /// Where versions before 0.1 kept the ledger.
    let earlierPath: String?
    /// What the person said of the ledger.
    package let opening: LedgerOpening
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

    /// Where practice batches lie, for somebody who looks for one in the other ledger. `nil` where there are none.
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

    /// - Throws: `LedgerError.isMissing` where there is no ledger, and its key was used before.
    package func demandNothingMissing() throws(LedgerError) {
        guard !exists else { return }
        try Ledger.demandNothingMissing(at: path, keyFile: keyFile, isSandbox: isSandbox)
    }

    /// Makes the folder for a new ledger, if nobody named it.
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

    /// A new ledger would know nothing of what an older program paid, and pay it again.
    fileprivate func demandNoEarlierLedger() throws(OperationError) {
        guard isDefault, !isSandbox, let earlierPath, Self.exists(earlierPath) else { return }
        throw .earlierLedger(at: earlierPath, ledger: path, folder: folder)
    }
}

extension OperationContext {
    /// Opens the ledger, or makes a new one, and tells what the opening found out.
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

    /// Opens the ledger where there is one: a mistyped path must not become an empty ledger.
    ///
    /// - Parameter purpose: `reading` for what changes nothing, so that copies can be looked at.
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

    /// Tells what the ledger has found out since it was last asked.
    func tellFindings(of ledger: Ledger) {
        let findings = ledger.findings.withLock { findings in
            defer { findings = [] }
            return findings
        }
        for finding in findings { observe(.ledgerNoticed(finding, ledger: ledger.path)) }
    }
}
