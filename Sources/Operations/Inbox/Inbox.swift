import Bookkeeping
package import Foundation
import Logging
import PaymentValues
import PayoutFiles
package import Payouts
import Processing
import Reports

/// Pays the files of a folder, for cron. It pays each file once, even if the program is killed at any point.
///
/// The ledger knows what was paid, and identifies a batch by the bytes of its file. So repeating a step is harmless.
package struct Inbox: Sendable {
    private let context: OperationContext
    private let folder: InboxFolder
    private let acceptsWarnings: Bool
    private let settling: TimeInterval
    private let explain: @Sendable (Rejection) -> String
    private let onStep: @Sendable (Step) throws -> Void

    /// The steps of a round. A crash can come after any of them.
    package enum Step: CaseIterable, Sendable {
        case taken, copied, checked, paid, moved, explained
    }

    /// Makes an inbox.
    /// - Parameters:
    ///   - settling: the number of seconds without a change after which a file counts as complete.
    ///   - explain: explains a rejection to the people who dropped the file.
    ///   - onStep: called after each step. An error that it throws ends the round.
    package init(
        _ context: OperationContext, folder: InboxFolder, acceptsWarnings: Bool, settling: TimeInterval,
        explain: @escaping @Sendable (Rejection) -> String,
        onStep: @escaping @Sendable (Step) throws -> Void = { _ in }
    ) {
        // The suffix marks the runs of the inbox in the ledger. The name is the account that the inbox runs as.
        self.context = context.acting(as: context.person.prefix { $0 != "@" } + Self.place)
        self.folder = folder
        self.acceptsWarnings = acceptsWarnings
        self.settling = settling
        self.explain = explain
        self.onStep = onStep
    }

    /// The suffix of the person's name. People at a terminal have the machine's name there.
    private static let place = "@inbox"

    /// Continues the batches of earlier rounds, takes all complete files and pays those that wait.
    ///
    /// - Throws: ``OperationError/anotherRound(folder:holder:)`` if another round is running.
    package func round() async throws(OperationError) -> InboxRound {
        try await OperationError.classifyingAsync {
            let lock = try lock()
            defer { lock.release() }
            var round = InboxRound()
            // Continue batches first: a bad file in the folder must not keep the bank from being asked.
            let continued = try await continueBatches(&round)
            tidyUp(&round)
            let taking = try await folder.take(settling: settling, context.time)
            for file in taking.left { round.add(.init(file.name, .left, .notTaken(file))) }
            try onStep(.taken)
            var goesOn = continued.goesOn
            for name in taking.waiting {
                guard goesOn else {
                    round.add(.init(name.shown, .waiting, .notReached, path: folder.path(ofWaiting: name)))
                    continue
                }
                let dropped = DroppedFile(name: name, isNew: taking.new.contains(name))
                goesOn = try await handle(dropped, continued.runs, &round)
            }
            return round
        }
    }

    /// Takes the lock. It is in a folder in which nobody else may create files.
    private func lock() throws -> RunnerLock {
        do {
            return try RunnerLock(
                ledgerPath: folder.waiting + "/.inbox", holder: "\(context.process) of \(context.person)")
        } catch .runnerBusy(let holder) {
            throw OperationError.anotherRound(folder: folder.path, holder: holder)
        } catch .cannotOpen(let path, let reason) {
            throw OperationError.inboxFile(name: path, reason: reason)
        }
    }

    /// Makes a new payment for each batch, so that a stop of one batch does not stop the next.
    private var payment: PayBatch {
        PayBatch(
            context, consent: .given(acceptingWarnings: acceptsWarnings), reportFolder: folder.done)
    }

    private func report(on batch: BatchReference, ofFile name: String) -> String {
        "\(folder.done)/\(FileName(reportOn: batch, ofFile: name, .xlsx))"
    }
}

// MARK: Batches of earlier rounds

extension Inbox {
    private typealias Runs = [BatchID: Result<FinishedRun, OperationError>]

    /// Pays rows of earlier rounds that are unknown, unsent or queued again by people. The ledger knows these batches,
    /// wherever their files are.
    ///
    /// - Returns: the batches that were run, and whether the round can continue.
    private func continueBatches(_ round: inout InboxRound) async throws -> (runs: Runs, goesOn: Bool) {
        // Check that the ledger is not lost: a lost ledger would look like one without earlier batches.
        try context.ledger.demandNothingMissing()
        guard context.ledger.exists else { return ([:], true) }
        let ledger = try context.openLedger()
        let batches = try ledger.batchesRun(at: Self.place)
            .filter { try ledger.statement(of: $0.id).isUnfinished }
        try ledger.close()
        var runs: Runs = [:]
        for batch in batches {
            let end: InboxRound.Entry.End
            let statement: BatchStatement
            let goesOn: Bool
            do throws(OperationError) {
                let run = try await payment.run(batch.reference)
                share(reportOn: batch.reference)
                runs[batch.id] = .success(run)
                (end, statement, goesOn) = (.ran(run.outcome), run.statement, Self.goesOn(after: run))
            } catch {
                guard [.batch, .file].contains(Self.reach(of: error)) else { throw error }
                runs[batch.id] = .failure(error)
                (end, statement, goesOn) = (.stopped(error), try self.statement(of: batch), true)
            }
            round.add(
                .init(
                    batch.fileName.showingAll, .goneOn, end, statement: statement,
                    report: report(on: batch.reference, ofFile: batch.fileName)))
            guard goesOn else { return (runs, false) }
        }
        return (runs, true)
    }

    private func statement(of batch: BatchRecord) throws -> BatchStatement {
        let ledger = try context.openLedger()
        let statement = try ledger.statement(of: batch.id)
        try ledger.close()
        return statement
    }

    private func share(reportOn batch: BatchReference) {
        do {
            try folder.share(FileName(batch.name, ".xlsx").description)
        } catch {
            // The report does not exist, or other people cannot read it. If it does not exist, its own error says so.
            context.logger.warning("the report on batch \(batch) cannot be shared: \(error)")
        }
    }

    /// Finishes the work that a crash interrupted, and finds files that were changed after they were paid.
    private func tidyUp(_ round: inout InboxRound) {
        do {
            try folder.publishExplanations()
            for original in try folder.changedOriginals(now: context.time.now(), context.fileOptions) {
                round.add(try reject(changed: original))
            }
        } catch {
            round.add(.init(folder.path, .left, .stopped(fault(folder.path, error))))
        }
    }
}

// MARK: One file

extension Inbox {
    private struct DroppedFile {
        let name: InboxName
        /// Whether this round took the file.
        let isNew: Bool

        /// The file's name as the ledger stores it.
        var fileName: String { maskingTrueCardNumbers(in: name.text ?? name.shown) }
    }

    /// Handles one file.
    /// - Returns: whether the round should continue with the next file.
    private func handle(_ file: DroppedFile, _ runs: Runs, _ round: inout InboxRound) async throws -> Bool {
        let path = folder.path(ofWaiting: file.name)
        guard file.name.text != nil else {
            round.add(try reject(file.name, Rejection(.nameIsNotText)))
            return true
        }
        let copy: InboxFolder.Copy
        do {
            copy = try folder.adopt(file.name, context.fileOptions)
        } catch is InboxFolder.BeingWritten {
            let left = InboxFolder.Left(file.name, .beingWritten, isOverdue: !file.isNew)
            round.add(.init(file.name.shown, .waiting, .notTaken(left), path: path))
            return true
        } catch let error as PayoutFileError {
            round.add(try reject(file.name, Rejection(.error(.unreadable(error)))))
            return true
        } catch {
            round.add(.init(file.name.shown, .waiting, .stopped(fault(file.name.shown, error)), path: path))
            return true
        }
        try onStep(.copied)
        let (entry, goesOn) = try await pay(file, copy, at: path, runs, &round)
        round.add(entry)
        do {
            if let original = try folder.changedOriginal(of: copy, context.fileOptions) {
                round.add(try reject(changed: original))
            }
        } catch {
            round.add(.init(file.name.shown, .left, .stopped(fault(file.name.shown, error))))
        }
        return goesOn
    }

    private func pay(
        _ file: DroppedFile, _ copy: InboxFolder.Copy, at path: String, _ runs: Runs, _ round: inout InboxRound
    ) async throws -> (InboxRound.Entry, goesOn: Bool) {
        let name = file.name.shown
        do {
            let run = try await run(file, copy.digest, runs, &round)
            try onStep(.paid)
            share(reportOn: run.statement.reference)
            guard run.outcome.isFinal else {
                return (
                    .init(name, .waiting, .ran(run.outcome), statement: run.statement, path: path),
                    Self.goesOn(after: run)
                )
            }
            let target = try folder.finish(file.name)
            try onStep(.moved)
            return (
                .init(
                    name, .done, .ran(run.outcome), statement: run.statement, path: target,
                    report: report(on: run.statement.reference, ofFile: name)), true
            )
        } catch let error as SystemError {
            return (.init(name, .waiting, .stopped(fault(name, error)), path: path), true)
        } catch let rejection as Rejection {
            return (try reject(file.name, rejection), true)
        } catch {
            let error = OperationError(error)
            let entry = InboxRound.Entry(name, .waiting, .stopped(error), path: path)
            switch Self.reach(of: error) {
            case .file: return (try reject(file.name, Rejection(.error(error))), true)
            case .batch: return (entry, true)
            case .round: return (entry, false)
            case .program: throw error
            }
        }
    }

    /// Checks a new file and pays it, or continues its batch.
    private func run(
        _ file: DroppedFile, _ digest: FileDigest, _ runs: Runs, _ round: inout InboxRound
    ) async throws -> FinishedRun {
        let payment = payment
        try payment.prepare()
        let ledger = try context.openLedger()
        let search = RunTargetSearch(context: context, ledger: ledger, expected: ExpectedTotals())
        if let begun = try begun(file, among: ledger.batches(of: digest), in: ledger) {
            try onStep(.checked)
            if let run = runs[begun.id] {
                try ledger.close()
                round.removeContinued(begun.reference)
                return try run.get()
            }
            return try await payment.pay(try search.target(begun), in: ledger)
        }
        let checked = try CheckFile(context).run(folder.path(ofWaiting: file.name), in: ledger, isStaged: true)
        guard checked.file.digest == digest else { throw PayoutFileError.changed(path: file.name.shown) }
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
    /// - Throws: ``Rejection`` if the file was imported in another way or is finished. It is not paid again.
    private func begun(
        _ file: DroppedFile, among known: [BatchRecord], in ledger: Ledger
    ) throws -> BatchRecord? {
        guard let first = known.first else { return nil }
        guard let begun = known.first(where: { $0.fileName == file.fileName }), try !folder.isDone(file.name),
            try !file.isNew || ledger.statement(of: begun.id).isUnfinished
        else {
            throw Rejection(.importedAlready(first.reference, bank: first.bank))
        }
        return begun
    }

    private func demandAcceptable(_ checked: CheckedFile) throws(Rejection) {
        let (errors, warnings) = (checked.file.log.errorCount, checked.file.log.warningCount)
        // Nobody can look at a file whose end is missing before it is paid.
        let isCut = checked.file.log.warningCounts[.fileCut] != nil
        let accepted = context.rules.acceptedWarnings
        let isAccepted = acceptsWarnings || checked.file.log.warningCounts.keys.allSatisfy(accepted.contains)
        guard errors > 0 || isCut || !isAccepted else { return }
        throw Rejection(.findings(errors: errors, warnings: warnings), checked)
    }
}

extension BatchStatement {
    /// Whether some rows must still be sent or asked about.
    fileprivate var isUnfinished: Bool {
        get throws { try notSent.rows > 0 || unknown.rows > 0 }
    }
}

// MARK: Rejections

extension Inbox {
    /// Rejects a waiting file. If that fails, the file keeps waiting and does not block the others.
    private func reject(_ name: InboxName, as newName: InboxName? = nil, _ rejection: Rejection) throws
        -> InboxRound.Entry
    {
        let shown = (newName ?? name).shown
        do {
            let target = try folder.reject(name, as: newName) { place in
                if let checked = rejection.checked, checked.file.log.count > 0 {
                    try MarkFindings(in: context.language).run(checked, to: place(.findings))
                }
                try folder.write(explain(rejection) + "\n", to: place(.text))
                try onStep(.explained)
            } onMove: {
                try onStep(.moved)
            }
            return InboxRound.Entry(shown, .rejected, .rejected(rejection.reason), path: target)
        } catch let error as SystemError {
            return .init(shown, .waiting, .stopped(fault(shown, error)), path: folder.path(ofWaiting: name))
        } catch let error as OperationError {
            return .init(shown, .waiting, .stopped(error), path: folder.path(ofWaiting: name))
        }
    }

    /// Moves the original of a file that was changed after it was copied to `rejected`, where people look for it.
    private func reject(changed original: InboxName) throws -> InboxRound.Entry {
        let name = folder.droppedName(of: original)
        return try reject(original, as: name, Rejection(.changedAfterwards))
    }

    private func fault(_ name: String, _ error: any Error) -> OperationError {
        guard let error = error as? SystemError else { return OperationError(error) }
        return .inboxFile(name: name, reason: error.description)
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
            /// The name of the file is not UTF-8.
            case nameIsNotText
            /// The file was changed after it was taken. This is the changed version.
            case changedAfterwards
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
        case .refused, .cannotStage, .report, .inboxFile: .batch
        case .ledger(let error): reach(of: error)
        case .noLedger, .earlierLedger, .noLedgerFolder, .cannotMakeLedgerFolder, .noLedgerToRecover, .ledgerInTheWay,
            .noSuchBatch, .neitherFileNorBatch,
            .noSuchRows, .correctionsHaveErrors, .correction, .noInboxFolder, .cannotMakeInboxFolders, .inboxUnsafe,
            .anotherRound, .statement, .bank, .secondFactorNeeded:
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
            .illegalTransition, .stateHasChanged, .noSuchRow, .mayBePaid, .mayHaveBeenSentAgain, .nothingToDecide,
            .notToWithdraw, .otherTotals, .correctionsNotKnown, .approverIsMaker, .wasRejected, .alreadyApproved,
            .nothingToReject,
            .alreadyStarted:
            .round
        }
    }

    /// Returns whether the round should continue. A cause that stopped one batch would stop the next too, unless it was
    /// in the batch's own rows.
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
