import Bookkeeping
import Foundation
import PayoutFiles
import Payouts
import Processing
import Reports

/// Works through a folder of payout files, for cron: each file once, whatever ends the program in between. What was paid
/// is the ledger's to know, and a batch is known by its file's bytes; so a step that is done again does no harm.
struct Inbox: Sendable {
    let services: Services
    let folder: InboxFolder
    let acceptsWarnings: Bool
    /// A file is left alone until it has not been changed for so long.
    let settling: TimeInterval
    /// Lets tests end the round between any two steps.
    var onStep: @Sendable (Step) throws -> Void = { _ in }

    enum Step: CaseIterable {
        case taken, checked, paid, moved, explained
    }

    /// - Throws: ``Failure`` where another round is on, or the folder cannot be worked with.
    func round() async throws -> InboxRound {
        let lock = try lock()
        defer { lock.release() }
        var round = InboxRound()
        let (waiting, left) = try folder.take(changedBefore: services.time.now().addingTimeInterval(-settling))
        for file in left { round.add(file.name, .left, .everyRowPaid, file.why) }
        try onStep(.taken)
        guard try await goOnWithEarlierBatches(&round) else { return round }
        for name in waiting {
            guard try await handle(name, &round) else { break }
        }
        return round
    }

    private func lock() throws -> RunnerLock {
        do {
            return try RunnerLock(
                ledgerPath: folder.path + "/.inbox",
                holder: "process \(ProcessInfo.processInfo.processIdentifier) of \(services.who)")
        } catch .runnerBusy(let holder) {
            throw Failure(
                .paused, "another round is at work on \(folder.path): \(holder). Nothing was done by this one")
        }
    }

    /// Rows of earlier rounds of which nobody knew what became of them, or that people queued again since.
    ///
    /// - Returns: whether the round can go on.
    private func goOnWithEarlierBatches(_ round: inout InboxRound) async throws -> Bool {
        // No earlier batches are one thing, and a ledger that is gone is another.
        try services.demandNothingMissing()
        guard FileManager.default.fileExists(atPath: services.settings.ledgerPath) else { return true }
        let ledger = try services.openLedger()
        let batches = try ledger.batches().filter { batch in
            let statement = try ledger.statement(of: batch.id)
            return try folder.isDone(batch.fileName) && (statement.unknown.rows > 0 || statement.notSent.rows > 0)
        }
        try ledger.close()
        for batch in batches.reversed() {
            let name = batch.reference.name
            let status: ExitStatus
            var trouble: String?
            do {
                // Asks the bank about unknown rows too.
                status = try await goOn(with: name)
            } catch let error where isOfBatchAlone(error) {
                (status, trouble) = (ExitStatus(error), describe(error))
            }
            let standing = try standing(of: name)
            round.add(
                batch.fileName, .goneOn, status, batch: name, bank: standing.bank, trouble ?? standing.remark,
                report: report(of: name))
            guard trouble == nil else { continue }
            if status >= .paused, try !mayGoOn(after: name) { return false }
        }
        return true
    }

    private var work: BatchWork {
        BatchWork(services, printsJSON: false, reportFolder: folder.done)
    }

    private func report(of batch: String) -> String { "\(folder.done)/\(FileName(batch, ".xlsx"))" }

    /// - Returns: whether there is use in going on with the next file.
    private func handle(_ name: String, _ round: inout InboxRound) async throws -> Bool {
        let path = folder.waiting + "/" + name
        do {
            let (batch, status) = try await pay(path, name)
            try onStep(.paid)
            switch status {
            case .everyRowPaid, .someRefused, .someUnsettled:
                let target = try folder.finish(name)
                try onStep(.moved)
                let standing = try standing(of: batch)
                round.add(
                    name, .done, status, batch: batch, bank: standing.bank, standing.remark, path: target,
                    report: report(of: batch))
                return true
            default:
                let standing = try standing(of: batch)
                round.add(
                    name, .waiting, status, batch: batch, bank: standing.bank, standing.remark, path: path)
                return try mayGoOn(after: batch)
            }
        } catch let rejection as Rejection {
            let target = try folder.reject(name) { place in
                if let checked = rejection.checked, checked.file.log.count > 0 {
                    try services.writeFindings(
                        of: checked, language: services.settings.language, to: place(".findings.xlsx"))
                }
                try Data((rejection.text + "\n").utf8).write(to: URL(fileURLWithPath: place(".txt")))
                try onStep(.explained)
            }
            try onStep(.moved)
            round.add(name, .rejected, .invalidFile, rejection.remark, path: target)
            return true
        } catch let error where isOfBatchAlone(error) {
            round.add(name, .waiting, ExitStatus(error), describe(error), path: path)
            return true
        } catch let error where ExitStatus(error) != .unexpected {
            round.add(name, .waiting, ExitStatus(error), describe(error), path: path)
            return false
        }
    }

    /// Checks a file that is new, and pays what it holds, or goes on with it.
    private func pay(_ path: String, _ name: String) async throws -> (batch: String, ExitStatus) {
        let ledger = try services.openLedger()
        let checked: CheckedFile
        do {
            checked = try services.check(path, against: ledger)
        } catch let failure as Failure where [.invalidFile, .notFound].contains(failure.status) {
            throw Rejection(failure.message)
        }
        let known = try ledger.batches(of: checked.file.digest)
        try onStep(.checked)
        let begun = known.first { $0.fileName == name }
        if let twin = known.first, begun == nil || folder.isDone(name) {
            let bank = twin.bank == nil ? "" : " (bank: \(services.nameOfBank(twin.bank)))"
            throw Rejection("this very file was imported already, as “\(twin.reference)”\(bank): it is not paid again")
        }
        if begun == nil {
            try demandAcceptable(checked)
            try demandName(checked)
        }
        try ledger.close()
        do {
            let status = try await goOn(with: begun?.reference.name ?? path)
            return (begun?.reference.name ?? checked.file.suggestedReference, status)
        } catch let error as LedgerError {
            guard case .referenceTaken = error else { throw error }
            throw Rejection(
                "another file was imported as “\(checked.file.suggestedReference)”: give this one another name and drop it again"
            )
        } catch let failure as Failure where failure.status == .invalidFile {
            throw Rejection(failure.message)
        }
    }

    private func goOn(with fileOrBatch: String) async throws -> ExitStatus {
        try await work.run(
            fileOrBatch, reference: nil, expected: nil,
            consent: .asked(isGiven: true, coversWarnings: acceptsWarnings), change: { _ in })
    }

    private func demandAcceptable(_ checked: CheckedFile) throws(Rejection) {
        let (errors, warnings) = (checked.file.log.errorCount, checked.file.log.warningCount)
        guard errors > 0 || (warnings > 0 && !acceptsWarnings) else { return }
        let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " and ")
        throw Rejection(
            "it has \(counts): nothing was stored or sent", checked: checked,
            findings: services.totalsText(of: checked.file) + "\n" + services.findingsText(of: checked.file))
    }

    private func demandName(_ checked: CheckedFile) throws(Rejection) {
        do {
            _ = try checked.file.reference()
        } catch {
            throw Rejection("\(error.reason). Rename the file and drop it again")
        }
    }

    /// Whether what stopped one batch says nothing of the next.
    private func isOfBatchAlone(_ error: any Error) -> Bool {
        if case LedgerError.boundToAnotherBank = error { return true }
        return (error as? Failure)?.status == .notAllowed
    }

    private func standing(of batch: String) throws -> (remark: String, bank: String?) {
        let ledger = try services.openLedger()
        let statement = try ledger.statement(of: ledger.batch(named: batch).id)
        try ledger.close()
        let parts = try statement.parts.filter { $0.totals.rows > 0 }
            .map { "\($0.totals.rows) \(StatementText.names[$0.state] ?? $0.state.rawValue)" }
        let pause = statement.pause.map { ", paused: \($0.code)" } ?? ""
        let bank = statement.bank.map { ", bank: \(services.nameOfBank($0))" } ?? ""
        return (parts.joined(separator: ", ") + pause + bank, statement.bank)
    }

    /// What stopped one batch stops the next as well, unless it is the rows' own fault.
    private func mayGoOn(after batch: String) throws -> Bool {
        let ledger = try services.openLedger()
        let pause = try ledger.batch(named: batch).pause
        try ledger.close()
        return pause?.code == .tooManyRefused
    }
}

/// Why a file is not taken.
private struct Rejection: Error {
    let remark: String
    let checked: CheckedFile?
    private let findings: String?

    init(_ remark: String, checked: CheckedFile? = nil, findings: String? = nil) {
        self.remark = remark
        self.checked = checked
        self.findings = findings
    }

    var text: String { [remark, findings].compactMap(\.self).joined(separator: "\n\n") }
}
