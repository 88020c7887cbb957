import Bookkeeping
import Foundation
import Payouts
import Processing

/// The ledger, as the settings name it.
extension Services {
    /// Opens the ledger, or makes a new one, and tells what the opening found out.
    func openLedger(for purpose: LedgerOpening.Purpose = .working) throws -> Ledger {
        if !exists(settings.ledgerPath) { try makeWayForLedger() }
        var opening = settings.opening
        opening.purpose = purpose
        opening.isSandbox = settings.isSandboxed
        let ledger = try Ledger(
            path: settings.ledgerPath, keyFile: KeyFile(path: settings.keyFilePath), who: who, opening: opening,
            now: time.now)
        LedgerNotices.shared.tell(of: ledger, console)
        return ledger
    }

    /// Opens the ledger where there is one: a mistyped path must not become an empty ledger.
    ///
    /// - Parameter purpose: `reading` for what changes nothing, so that copies can be looked at.
    func openExistingLedger(for purpose: LedgerOpening.Purpose = .working) throws -> Ledger {
        guard exists(settings.ledgerPath) else {
            try demandNoEarlierLedger()
            try demandNothingMissing()
            throw Failure(
                .notFound,
                "there is no ledger at \(settings.ledgerPath): payout run FILE begins one, --ledger names another"
                    + hintOfPractice)
        }
        return try openLedger(for: purpose)
    }

    /// - Throws: `LedgerError.isMissing` where there is no ledger, and its key was used before.
    func demandNothingMissing() throws {
        guard !exists(settings.ledgerPath) else { return }
        try Ledger.demandNothingMissing(
            at: settings.ledgerPath, keyFile: KeyFile(path: settings.keyFilePath), isSandbox: settings.isSandboxed)
    }

    /// - Throws: ``Failure`` that says where else it may be.
    func batch(named name: String, in ledger: Ledger) throws -> BatchRecord {
        do {
            return try ledger.batch(named: name)
        } catch {
            guard case .noSuchBatch = error else { throw error }
            throw Failure(.notFound, error.description + hintOfPractice)
        }
    }

    /// For somebody who looks for a practice batch in the ledger of everyday. Empty where there is none for practice.
    var hintOfPractice: String {
        let practice = settings.sandboxLedgerPath
        return settings.isSandboxed || !exists(practice)
            ? "" : ". What was done with --sandbox is in a ledger of its own, \(practice): add --sandbox"
    }

    /// Only the folder that nobody named is made.
    private func makeWayForLedger() throws {
        try demandNoEarlierLedger()
        let folder = URL(fileURLWithPath: settings.ledgerPath).deletingLastPathComponent().path
        guard !exists(folder) else { return }
        guard settings.isDefaultLedger else {
            throw Failure(
                .ledgerTrouble,
                "there is no folder \(folder) for the ledger \(settings.ledgerPath): nothing was made. Name the right one "
                    + "with --ledger or PAYOUT_LEDGER, or make the folder")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure(
                .ledgerTrouble,
                "the folder \(folder) for the ledger cannot be made: check who may write there, or name another ledger "
                    + "with PAYOUT_LEDGER")
        }
    }

    /// A new ledger would know nothing of what an older program paid, and pay it again.
    private func demandNoEarlierLedger() throws {
        let earlier = Settings.resolved("output/payouts.sqlite")
        guard settings.isDefaultLedger, !settings.isSandboxed, exists(earlier) else { return }
        let folder = URL(fileURLWithPath: settings.ledgerPath).deletingLastPathComponent().path
        throw Failure(
            .ledgerTrouble,
            "\(earlier) is a ledger where earlier versions kept it, and there is none at \(settings.ledgerPath) yet. Nothing was "
                + "made or sent. While no run is on, move it: mkdir -p -m 700 \"\(folder)\" && mv \"\(earlier)\"* \"\(folder)\"/ "
                + "— or name it with PAYOUT_LEDGER")
    }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
