import Bookkeeping
import Foundation
import PayoutFiles
import Payouts
import Processing
import Reports

/// Pays the files of a folder, for cron. Pays each file once, even if the program is killed at any point.
///
/// The ledger knows what was paid, and it knows a batch by the bytes of its file. So repeating a step does no harm.
package struct Inbox: Sendable {
    private let context: OperationContext
    private let folder: InboxFolder
    private let acceptsWarnings: Bool
    private let settling: TimeInterval
    private let explain: @Sendable (Rejection) -> String
    private let onStep: @Sendable (Step) throws -> Void

    /// The steps of a round. A crash can come after any of them.
    package enum Step: CaseIterable, Sendable {
        case taken, checked, paid, moved, explained
    }

    /// - Parameters:
    ///   - settling: the seconds since its last change after which a file counts as complete.
    ///   - explain: tells the people who dropped a file why it is rejected.
    ///   - onStep: called after each step; an error that it throws ends the round.
    package init(
        _ context: OperationContext, folder: InboxFolder, acceptsWarnings: Bool, settling: TimeInterval,
        explain: @escaping @Sendable (Rejection) -> String,
        onStep: @escaping @Sendable (Step) throws -> Void = { _ in }
    ) {
        self.context = context
        self.folder = folder
        self.acceptsWarnings = acceptsWarnings
        self.settling = settling
        self.explain = explain
        self.onStep = onStep
    }

    /// Takes all complete files and pays what is waiting.
    ///
    /// - Throws: ``OperationError/anotherRound(folder:holder:)`` if another round is running.
    package func round() async throws(OperationError) -> InboxRound {
        try await OperationError.classifyingAsync {
            let lock = try lock()
            defer { lock.release() }
            var round = InboxRound()
            let (waiting, left) = try folder.take(
                changedBefore: context.time.now().addingTimeInterval(-settling))
            for file in left { round.add(.init(file.name, .left, .notTaken(file.why))) }
            try onStep(.taken)
            guard try await goOnWithEarlierBatches(&round) else { return round }
            for name in waiting {
                let (entry, goesOn) = try await handle(name)
                round.add(entry)
                guard goesOn else { break }
            }
            return round
        }
    }

    private func lock() throws -> RunnerLock {
        do {
            return try RunnerLock(
                ledgerPath: folder.path + "/.inbox", holder: "\(context.process) of \(context.person)")
        } catch .runnerBusy(let holder) {
            throw OperationError.anotherRound(folder: folder.path, holder: holder)
        }
    }

    /// A new payment for each batch: a stop of one batch must not stop the next.
    private var payment: PayBatch {
        PayBatch(
            context, consent: .given(acceptingWarnings: acceptsWarnings), reportFolder: folder.done)
    }

    private func report(on batch: BatchReference) -> String { "\(folder.done)/\(FileName(batch.name, ".xlsx"))" }
}

// MARK: Batches of earlier rounds

extension Inbox {
    /// Pays rows of earlier rounds that are unknown, or that people queued again.
    ///
    /// - Returns: whether the round can continue.
    private func goOnWithEarlierBatches(_ round: inout InboxRound) async throws -> Bool {
        // Check that the ledger was not lost: otherwise a lost ledger would look like one without earlier batches.
        try context.ledger.demandNothingMissing()
        guard context.ledger.exists else { return true }
        let ledger = try context.openLedger()
        let batches = try ledger.batches().filter { batch in
            let statement = try ledger.statement(of: batch.id)
            return try folder.isDone(batch.fileName) && (statement.unknown.rows > 0 || statement.notSent.rows > 0)
        }
        try ledger.close()
        for batch in batches.reversed() {
            let end: InboxRound.Entry.End
            let statement: BatchStatement
            let goesOn: Bool
            do throws(OperationError) {
                let run = try await payment.run(batch.reference)
                (end, statement, goesOn) = (.ran(run.outcome), run.statement, Self.goesOn(after: run))
            } catch {
                guard case .batch = Self.reach(of: error) else { throw error }
                (end, statement, goesOn) = (.stopped(error), try self.statement(of: batch), true)
            }
            round.add(
                .init(batch.fileName, .goneOn, end, statement: statement, report: report(on: batch.reference)))
            guard goesOn else { return false }
        }
        return true
    }

    private func statement(of batch: BatchRecord) throws -> BatchStatement {
        let ledger = try context.openLedger()
        let statement = try ledger.statement(of: batch.id)
        try ledger.close()
        return statement
    }
}

// MARK: One file

extension Inbox {
    /// - Returns: the result for the file, and whether the round should continue with the next file.
    private func handle(_ name: String) async throws -> (InboxRound.Entry, goesOn: Bool) {
        let path = folder.waiting + "/" + name
        do {
            let run = try await pay(path, name)
            try onStep(.paid)
            guard run.outcome.isFinal else {
                return (
                    .init(name, .waiting, .ran(run.outcome), statement: run.statement, path: path),
                    Self.goesOn(after: run)
                )
            }
            let target = try folder.finish(name)
            try onStep(.moved)
            return (
                .init(
                    name, .done, .ran(run.outcome), statement: run.statement, path: target,
                    report: report(on: run.statement.reference)), true
            )
        } catch {
            return try handle(name, at: path, after: OperationError(error), rejected: error as? Rejection)
        }
    }

    private func handle(
        _ name: String, at path: String, after error: OperationError, rejected: Rejection?
    ) throws -> (InboxRound.Entry, goesOn: Bool) {
        if let rejected { return (try reject(name, rejected), true) }
        let entry = InboxRound.Entry(name, .waiting, .stopped(error), path: path)
        switch Self.reach(of: error) {
        case .file: return (try reject(name, Rejection(.error(error))), true)
        case .batch: return (entry, true)
        case .round: return (entry, false)
        case .program: throw error
        }
    }

    private func reject(_ name: String, _ rejection: Rejection) throws -> InboxRound.Entry {
        let target = try folder.reject(name) { place in
            if let checked = rejection.checked, checked.file.log.count > 0 {
                try MarkFindings(in: context.language).run(checked, to: place(".findings.xlsx"))
            }
            try folder.write(explain(rejection) + "\n", to: place(".txt"))
            try onStep(.explained)
        }
        try onStep(.moved)
        return InboxRound.Entry(name, .rejected, .rejected(rejection.reason), path: target)
    }

    /// Checks a new file and pays it, or continues its batch.
    private func pay(_ path: String, _ name: String) async throws -> FinishedRun {
        let payment = payment
        try payment.prepare()
        let ledger = try context.openLedger()
        let search = RunTargetSearch(context: context, ledger: ledger, expected: ExpectedTotals())
        // If the ledger knows the file name, the digest of the file is enough.
        if try ledger.batches().contains(where: { $0.fileName == name }) {
            let digest = try PayoutFile.digest(ofFileAt: path, options: context.fileOptions)
            if let begun = try begun(name, among: ledger.batches(of: digest)) {
                try onStep(.checked)
                return try await payment.pay(try search.target(begun), in: ledger)
            }
        }
        let checked = try CheckFile(context).run(path, in: ledger, isStaged: true)
        if let begun = try begun(name, among: ledger.batches(of: checked.file.digest)) {
            try onStep(.checked)
            return try await payment.pay(try search.target(begun), in: ledger)
        }
        try onStep(.checked)
        try demandAcceptable(checked)
        do {
            return try await payment.pay(try search.target(checked), in: ledger)
        } catch LedgerError.referenceTaken(let reference) {
            throw Rejection(.nameTaken(reference))
        }
    }

    /// Returns the batch that an earlier round made from this file.
    ///
    /// - Throws: ``Rejection`` if the file was imported in another way or is done. It is not paid again.
    private func begun(_ name: String, among known: [BatchRecord]) throws -> BatchRecord? {
        guard let first = known.first else { return nil }
        guard let begun = known.first(where: { $0.fileName == name }), !folder.isDone(name) else {
            throw Rejection(.importedAlready(first.reference, bank: first.bank))
        }
        return begun
    }

    private func demandAcceptable(_ checked: CheckedFile) throws(Rejection) {
        let (errors, warnings) = (checked.file.log.errorCount, checked.file.log.warningCount)
        guard errors > 0 || (warnings > 0 && !acceptsWarnings) else { return }
        throw Rejection(.findings(errors: errors, warnings: warnings), checked)
    }
}

// MARK: How much an error stops

extension Inbox {
    /// The reason why a file is rejected.
    package struct Rejection: Error {
        package let reason: Reason
        /// The file, if there are findings to show.
        package let checked: CheckedFile?

        package enum Reason: Sendable {
            case findings(errors: Int, warnings: Int)
            case importedAlready(BatchReference, bank: String?)
            /// Another file was imported under the name of this file.
            case nameTaken(BatchReference)
            case error(OperationError)
        }

        init(_ reason: Reason, _ checked: CheckedFile? = nil) {
            self.reason = reason
            self.checked = checked
        }
    }

    private enum Reach {
        /// The file is rejected.
        case file
        /// The file or batch waits, and the round continues with the next.
        case batch
        /// All other files wait too.
        case round
        /// A bug ends the program.
        case program
    }

    private static func reach(of error: OperationError) -> Reach {
        switch error {
        case .unreadable, .fileHasErrors, .badName, .otherTotals, .consent, .importedUnderSeveralNames: .file
        case .refused: .batch
        case .ledger(let error): reach(of: error)
        case .noLedger, .earlierLedger, .noLedgerFolder, .cannotMakeLedgerFolder, .noLedgerToRecover, .ledgerInTheWay,
            .noSuchBatch, .neitherFileNorBatch,
            .noSuchRows, .correctionsHaveErrors, .correction, .cannotStage, .noInboxFolder, .cannotMakeInboxFolders,
            .anotherRound, .report, .bank, .secondFactorNeeded:
            .round
        case .unexpected: .program
        }
    }

    private static func reach(of error: LedgerError) -> Reach {
        switch error {
        case .alreadyImported, .sentFromAnotherLedger, .referenceTaken: .file
        case .boundToAnotherBank: .batch
        case .cannotOpen, .notALedger, .newerVersion, .tooOld, .damaged, .logDamaged, .isMissing, .isSecond, .isCopy,
            .otherKind, .journalUnusable, .altered, .cannotRead, .cannotWrite, .isGone, .diskAlmostFull, .keyMissing,
            .keyUnreadable, .keyDoesNotFit, .keyReplaced, .cardDoesNotOpen, .runnerBusy, .noSuchBatch,
            .illegalTransition, .stateHasChanged, .noSuchRow, .mayBePaid, .nothingToDecide, .notToWithdraw,
            .otherTotals, .approverIsMaker, .wasRejected, .nothingToReject, .alreadyStarted:
            .round
        }
    }

    /// Returns whether the round should continue. What stopped one batch stops the next too, unless its own rows were
    /// the cause.
    private static func goesOn(after run: FinishedRun) -> Bool {
        run.outcome.isFinal || run.statement.pause?.code == .tooManyRefused
    }
}

extension RunOutcome {
    /// Whether no row is left to send.
    fileprivate var isFinal: Bool {
        switch self {
        case .everyRowPaid, .someRefused, .someUnsettled: true
        case .notAllSent, .paused, .bankUnreachable: false
        }
    }
}
