import Bookkeeping
import Foundation
import Payouts
import Processing

/// Looks at all that a run needs, and changes nothing: no ledger and no key is made, and nothing is paid.
struct Doctor: Sendable {
    let services: Services

    /// Beyond these the quiet period and the report's times mislead.
    private static let tolerance: TimeInterval = 5
    /// A batch of a million rows takes about a third of this.
    private static let roomyDisk: Int64 = 1 << 30

    func diagnose() async -> Diagnosis {
        var diagnosis = Diagnosis()
        tellSettings(&diagnosis)
        checkFiles(&diagnosis)
        checkLedger(&diagnosis)
        checkDisk(&diagnosis)
        await checkBank(&diagnosis)
        return diagnosis
    }

    private func tellSettings(_ diagnosis: inout Diagnosis) {
        let settings = services.settings
        let values: [(String, String?)] = [
            ("bank.url", settings.values.text("bank.url")), ("bank.username", settings.values.text("bank.username")),
            ("bank.password", settings.values.secret("bank.password").map { _ in "(hidden)" }),
            ("bank.passwordFile", settings.values.text("bank.passwordFile")), ("senderName", settings.senderName),
            ("ledger", settings.ledgerPath), ("keyFile", settings.keyFilePath), ("output", settings.outputFolder),
            ("lang", settings.language.rawValue), ("concurrency", "\(settings.concurrency)"),
            ("requestTimeout", "\(settings.requestTimeout.components.seconds) s"),
            ("reconcile.quietPeriod", "\(settings.quietPeriod.components.seconds) s"),
            ("reconcile.whenNotFound", settings.whenNotFound.rawValue),
            ("maxRow", settings.limits.row.map { "\($0) so'm" } ?? "no limit"),
            ("maxBatch", settings.limits.batch.map { "\($0) so'm" } ?? "no limit"),
            ("maxDay", settings.limits.day.map { "\($0) so'm" } ?? "no limit"),
            ("requireApproval", "\(settings.requiresApproval)"), ("metricsFile", settings.metricsFile),
        ]
        for (key, value) in values {
            guard let value else { continue }
            diagnosis.ok(key, "\(value) (\(settings.values.source(of: key)))")
        }
        diagnosis.ok("person", services.who)
    }

    /// Whether others than the owner can read what they should not.
    private func checkFiles(_ diagnosis: inout Diagnosis) {
        let settings = services.settings
        var secret = [("ledger file", settings.ledgerPath), ("key file", settings.keyFilePath)]
        if let path = settings.values.text("bank.passwordFile") { secret.append(("password file", path)) }
        if settings.values.source(of: "bank.password") == "payout.yaml" {
            secret.append(("payout.yaml", "payout.yaml"))
        }
        for (what, path) in secret {
            guard let mode = mode(of: path) else { continue }
            if mode & 0o077 == 0 {
                diagnosis.ok(what, "\(path) is its owner's alone")
            } else {
                diagnosis.warn(what, "others can read \(path): chmod 600 \"\(path)\"")
            }
        }
    }

    private func mode(of path: String) -> UInt32? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode : nil
    }

    private func checkLedger(_ diagnosis: inout Diagnosis) {
        let settings = services.settings
        guard FileManager.default.fileExists(atPath: settings.ledgerPath) else {
            do {
                try services.demandNothingMissing()
            } catch {
                return diagnosis.fault("ledger", ExitStatus(error), describe(error))
            }
            return diagnosis.ok("ledger", "none yet: the first run or import makes it, and its key")
        }
        do {
            let found = try Ledger.verify(fileAt: settings.ledgerPath, keyFile: KeyFile(path: settings.keyFilePath))
            diagnosis.ok("key", "\(settings.keyFilePath) opens the ledger")
            for fault in found.faults { diagnosis.fault("ledger", .ledgerTrouble, fault) }
            if let fault = found.journalFault { diagnosis.fault("send journal", .ledgerTrouble, fault) }
            if found.faults.isEmpty {
                diagnosis.ok("ledger", "sound: \(found.batches) batches, its events stand at \(found.head)")
            } else {
                diagnosis.fault(
                    "ledger", .ledgerTrouble, "run nothing on it, keep it, and put a sound copy in its place")
            }
        } catch {
            let status = ExitStatus(error)
            diagnosis.fault(status == .notAllowed ? "key" : "ledger", status, describe(error))
        }
    }

    private func checkDisk(_ diagnosis: inout Diagnosis) {
        let reports = Self.nearestFolder(to: services.settings.outputFolder)
        if FileManager.default.isWritableFile(atPath: reports) {
            diagnosis.ok("reports", "can be written to \(services.settings.outputFolder)")
        } else {
            diagnosis.fault(
                "reports", .reportNotWritten, "nothing may be written in \(reports): change that, or PAYOUT_OUTPUT")
        }
        let folder = Self.nearestFolder(
            to: URL(fileURLWithPath: services.settings.ledgerPath).deletingLastPathComponent().path)
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfFileSystem(forPath: folder)
        } catch {
            return diagnosis.warn("disk", "how much is free in \(folder) cannot be found out")
        }
        guard let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value else { return }
        let text = "\(free >> 20) MB free in \(folder)"
        if free < 16 << 20 {
            diagnosis.fault("disk", .ledgerTrouble, "\(text): nothing is sent with less than 16 MB")
        } else if free < Self.roomyDisk {
            diagnosis.warn("disk", "\(text): too little for a large file")
        } else {
            diagnosis.ok("disk", text)
        }
    }

    /// The folder itself, or the one in which it would be made.
    private static func nearestFolder(to path: String) -> String {
        var folder = URL(fileURLWithPath: path)
        while !FileManager.default.fileExists(atPath: folder.path) { folder.deleteLastPathComponent() }
        return folder.path
    }

    private func checkBank(_ diagnosis: inout Diagnosis) async {
        guard !services.settings.isSandboxed else {
            return diagnosis.ok("bank", "the built-in one for practice: no money is moved")
        }
        let settings: BankSettings
        do {
            settings = try services.settings.bank()
        } catch {
            return diagnosis.fault("bank", .configuration, describe(error))
        }
        if settings.isExposed {
            diagnosis.warn(
                "bank", "\(settings.address) is plain http: cards and the password can be read on the way; use https")
        }
        do {
            let bank = try await OpenBank(services)
            let answer = await bank.bank.signIn()
            try await bank.close()
            switch answer {
            case .ready(isSandbox: false): diagnosis.ok("bank", "\(settings.address) lets \(settings.username) in")
            case .ready(isSandbox: true):
                diagnosis.warn(
                    "bank",
                    "\(settings.address) lets \(settings.username) in, and is a bank for practice: no money is moved")
            case .unreachable(let reason):
                return diagnosis.fault(
                    "bank", .bankUnreachable,
                    "\(settings.address): \(services.text(of: reason)). Check the address and the network")
            case .refused(let reason):
                diagnosis.fault(
                    "bank", .paused,
                    "\(settings.address) does not let \(settings.username) in: \(services.text(of: reason)). Check the user name and the password"
                )
            }
            try await checkClock(at: settings, &diagnosis)
        } catch {
            diagnosis.warn("clock", "what time the bank has could not be found out")
        }
    }

    private func checkClock(at settings: BankSettings, _ diagnosis: inout Diagnosis) async throws {
        guard let theirs = try await BankClock(bank: settings, timeout: services.settings.requestTimeout).read()
        else { return diagnosis.warn("clock", "the bank does not say what time it has") }
        let difference = services.time.now().timeIntervalSince(theirs)
        if abs(difference) <= Self.tolerance {
            diagnosis.ok("clock", "agrees with the bank's")
        } else {
            diagnosis.warn(
                "clock",
                "is \(Int(abs(difference))) s \(difference > 0 ? "ahead of" : "behind") the bank's: set it, for quiet periods and the report's times follow it"
            )
        }
    }
}
