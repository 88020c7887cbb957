package import Bookkeeping
import Foundation
import PaymentValues
package import Payouts
import Reports

extension LedgerError {
    /// Describes the error and the next step in the reader's language.
    func text(in language: Language) -> String {
        let words = TextCatalogue.ofCommands(language)
        if case .boundToAnotherBank(let batch, let bound, _) = self, BankIdentity(recorded: bound).isSandbox {
            let key = bound == "sandbox" ? "error.begunInPractice" : "error.begunInPracticeElsewhere"
            return words(key, ["batch": batch.name, "bank": bound])
        }
        return language == .en ? description : translated(words)
    }

    /// The English text for the administrator, who must look at the ledger. `nil` if the person can act alone.
    var detail: String? {
        switch self {
        case .runnerBusy(let holder): holder
        case .cannotOpen, .newerVersion, .tooOld, .damaged, .logDamaged, .isMissing, .isSecond, .isCopy,
            .journalUnusable, .altered, .cannotRead, .cannotWrite, .isGone, .keyMissing, .keyUnreadable, .keyDoesNotFit,
            .cardDoesNotOpen, .illegalTransition:
            description
        case .notALedger, .otherKind, .sentFromAnotherLedger, .diskAlmostFull, .keyReplaced, .alreadyImported,
            .referenceTaken, .noSuchBatch, .boundToAnotherBank, .stateHasChanged, .noSuchRow, .mayBePaid,
            .mayHaveBeenSentAgain, .nothingToDecide, .notToWithdraw, .otherTotals, .correctionsNotKnown,
            .approverIsMaker, .wasRejected, .alreadyApproved, .nothingToReject, .alreadyStarted:
            nil
        }
    }

    private func translated(_ words: TextCatalogue) -> String {
        switch self {
        case .cannotOpen(let path, _), .cannotRead(let path, _): words("ledger.unusable", ["path": path])
        case .notALedger(let path): words("ledger.notALedger", ["path": path])
        case .newerVersion(let path), .tooOld(let path): words("ledger.otherVersion", ["path": path])
        case .damaged(let path, _), .logDamaged(let path): words("ledger.damaged", ["path": path])
        case .altered(let path, _): words("ledger.altered", ["path": path])
        case .isMissing(let path, _): words("ledger.isMissing", ["path": path])
        case .isSecond(let path, let others):
            words("ledger.isSecond", ["path": path, "others": others.joined(separator: ", ")])
        case .isCopy(let path, let original): words("ledger.isCopy", ["path": path, "original": original])
        case .otherKind(let path, isSandbox: true): words("ledger.isPractice", ["path": path])
        case .otherKind(let path, isSandbox: false): words("ledger.isReal", ["path": path])
        case .journalUnusable(let path, _, _): words("ledger.journalUnusable", ["path": path])
        case .sentFromAnotherLedger(let batch, let path):
            words("ledger.sentFromAnotherLedger", ["batch": batch.name, "path": path])
        case .cannotWrite(let path, _): words("ledger.cannotWrite", ["path": path])
        case .isGone(let path): words("ledger.isGone", ["path": path])
        case .diskAlmostFull(let path, let free, let reserve):
            words(
                "ledger.diskAlmostFull",
                ["path": path, "free": String(free / 1_048_576), "reserve": String(reserve / 1_048_576)])
        case .keyMissing, .keyUnreadable, .keyDoesNotFit: words("ledger.cardsSealed")
        case .keyReplaced: words("ledger.keyReplaced")
        case .cardDoesNotOpen(let row): words("ledger.cardDoesNotOpen", ["row": String(row)])
        case .runnerBusy: words("ledger.runnerBusy")
        case .alreadyImported(let batches):
            words("ledger.alreadyImported", ["names": batches.map(\.name).joined(separator: ", ")])
        case .referenceTaken(let batch): words("ledger.referenceTaken", ["batch": batch.name])
        case .noSuchBatch(let name): words("ledger.noSuchBatch", ["name": name])
        case .boundToAnotherBank(let batch, let bound, let asked):
            words("ledger.boundToAnotherBank", ["batch": batch.name, "bound": bound, "asked": asked])
        case .illegalTransition(let row, _, _), .stateHasChanged(let row, _):
            words("ledger.stateHasChanged", ["row": String(row)])
        case .noSuchRow(let row): words("ledger.noSuchRow", ["row": String(row)])
        case .mayBePaid(let row): words("ledger.mayBePaid", ["row": String(row)])
        case .mayHaveBeenSentAgain(let row): words("ledger.mayHaveBeenSentAgain", ["row": String(row)])
        case .nothingToDecide(let row, let state):
            words(
                "ledger.nothingToDecide",
                ["row": String(row), "stateName": Words.of(words.language).state(state)])
        case .notToWithdraw(let row, let state):
            words("ledger.notToWithdraw", ["row": String(row), "stateName": Words.of(words.language).state(state)])
        case .otherTotals(let batch, let stated, _):
            // Do not print the batch's own totals: the approver must know them from another source.
            words(
                "ledger.otherTotals",
                [
                    "batch": batch.name, "rows": String(stated.rows), "sum": stated.sum.description,
                    "tiyin": String(stated.sum.count),
                ])
        case .correctionsNotKnown(let batch, let count):
            words("ledger.correctionsNotKnown", ["batch": batch.name, "count": String(count)])
        case .alreadyApproved(let batch): words("ledger.alreadyApproved", ["batch": batch.name])
        case .wasRejected(let batch, let who): words("ledger.wasRejected", ["batch": batch.name, "who": who])
        case .nothingToReject(let batch): words("ledger.nothingToReject", ["batch": batch.name])
        case .alreadyStarted(let batch): words("ledger.alreadyStarted", ["batch": batch.name])
        case .approverIsMaker(let who, let made):
            words(made == "corrected" ? "ledger.approverCorrected" : "ledger.approverImported", ["who": who])
        }
    }
}

extension OpeningFinding {
    /// Describes the finding and its consequence in the reader's language.
    ///
    /// - Parameter path: the path of the ledger.
    package func text(_ path: String, in language: Language) -> String {
        guard language != .en else { return text(path) }
        let words = TextCatalogue.ofCommands(language)
        return switch self {
        case .putRight(let rows) where rows.isEmpty: words("finding.behind", ["path": path])
        case .putRight(let rows): words("finding.putRight", ["path": path, "rows": Self.list(rows, words)])
        case .lastCommitLost(let rows): words("finding.lastCommitLost", ["path": path, "rows": Self.list(rows, words)])
        case .isCopy(let batches): words("finding.isCopy", ["path": path, "batches": Self.names(batches, words)])
        case .wasElsewhere(let home, let batches):
            words("finding.wasElsewhere", ["path": path, "old": home.path, "batches": Self.names(batches, words)])
        case .isBehind: words("finding.isBehind", ["path": path])
        case .hasNoJournal: words("finding.hasNoJournal", ["path": path])
        case .recalled(let batch, let rows): words("finding.recalled", ["rows": Self.list([batch: rows], words)])
        case .sentElsewhere(let rows): words("finding.sentElsewhere", ["rows": Self.list(rows, words)])
        }
    }

    private static func list(_ rows: [BatchReference: Int], _ words: TextCatalogue) -> String {
        rows.sorted { $0.key.name < $1.key.name }
            .map { words("finding.rows", count: $0.value, ["batch": $0.key.name]) }.joined(separator: ", ")
    }

    private static func names(_ batches: [BatchReference], _ words: TextCatalogue) -> String {
        guard !batches.isEmpty else { return words("finding.noBatches") }
        return batches.map { words("error.batch", ["batch": $0.name]) }.joined(separator: ", ")
    }
}
