import Bookkeeping
import Foundation
import PaymentValues
import PayoutFiles
package import Payouts
import Reports

extension OperationError {
    /// Describes the event, whether money moved, and the next step, in the reader's language. English texts have the
    /// detail for the administrator in them; see ``detail(in:)`` for the others.
    package func text(in language: Language) -> String {
        let words = TextCatalogue.ofCommands(language)
        return switch self {
        case .noLedger(let path, let practice): Self.hint(words("error.noLedger", ["path": path]), practice, words)
        case .earlierLedger(let earlier, let path, let folder):
            words("error.earlierLedger", ["earlier": earlier, "path": path, "folder": folder])
        case .noLedgerFolder(let folder, let path):
            words("error.noLedgerFolder", ["folder": folder, "path": path])
        case .cannotMakeLedgerFolder(let folder, let path):
            words("error.cannotMakeLedgerFolder", ["folder": folder, "path": path])
        case .noLedgerToRecover(let path): words("error.noLedgerToRecover", ["path": path])
        case .ledgerInTheWay(let path): words("error.ledgerInTheWay", ["path": path])
        case .noSuchBatch(let name, let practice):
            Self.hint(LedgerError.noSuchBatch(name).text(in: language), practice, words)
        case .neitherFileNorBatch(let name, let practice):
            Self.hint(words("error.neitherFileNorBatch", ["name": name]), practice, words)
        case .importedUnderSeveralNames(let batches):
            words("error.importedUnderSeveralNames", ["names": batches.map(\.name).joined(separator: ", ")])
        case .noSuchRows(let batch): words("error.noSuchRows", ["batch": batch.name])
        case .badName(let error): error.text(in: language)
        case .unreadable(let error): language == .en ? error.description : error.message(in: language)
        case .fileHasErrors(let name, let count): words("error.fileHasErrors", count: count, ["name": name])
        case .correctionsHaveErrors(let name): words("error.correctionsHaveErrors", ["name": name])
        case .correction(let error): error.text(words)
        case .otherTotals(let owner, let actual, let expected): Self.text(owner, actual, expected, words)
        case .cannotStage(let folder, let reason): words("error.cannotStage", ["folder": folder, "detail": reason])
        case .consent(let error): error.text(words)
        case .refused(let refusal): refusal.text(words)
        case .secondFactorNeeded: words("error.secondFactorNeeded")
        case .noInboxFolder(let path): words("error.noInboxFolder", ["path": path])
        case .cannotMakeInboxFolders(let path): words("error.cannotMakeInboxFolders", ["path": path])
        case .inboxUnsafe(let path, .ofAnotherAccount): words("error.inboxOfAnotherAccount", ["path": path])
        case .inboxUnsafe(let path, .withoutStickyBit): words("error.inboxWithoutStickyBit", ["path": path])
        case .inboxFile(let name, let reason): words("error.inboxFile", ["name": name, "detail": reason])
        case .anotherRound(let folder, let holder): words("error.anotherRound", ["folder": folder, "detail": holder])
        case .statement(let error): error.text(language)
        case .ledger(let error): error.text(in: language)
        case .report(let error): error.text(in: language)
        case .bank(let error): language == .en ? error.reason : words("error.settings")
        case .unexpected(let error): language == .en ? Self.text(ofFault: error) : words("error.unexpected")
        }
    }

    /// Returns technical details in English, for the administrator. They belong on a line of their own. `nil` if there
    /// are none, or if the text has them.
    package func detail(in language: Language) -> String? {
        guard language != .en else { return nil }
        return switch self {
        case .unreadable(let error): error.reason
        case .cannotStage(_, let reason), .inboxFile(_, let reason): reason
        case .anotherRound(_, let holder): holder
        case .ledger(let error): error.detail
        case .report(.folderNotWritable(_, let reason)), .report(.notWritten(_, let reason)): reason
        case .bank(let error): error.reason
        case .unexpected(let error): Self.text(ofFault: error)
        case .noLedger, .earlierLedger, .noLedgerFolder, .cannotMakeLedgerFolder, .noLedgerToRecover, .ledgerInTheWay,
            .noSuchBatch, .neitherFileNorBatch, .importedUnderSeveralNames, .noSuchRows, .badName, .fileHasErrors,
            .correctionsHaveErrors, .correction, .otherTotals, .consent, .refused, .secondFactorNeeded, .noInboxFolder,
            .cannotMakeInboxFolders, .inboxUnsafe, .statement, .report(.inTheWay):
            nil
        }
    }

    private static func text(ofFault error: any Error) -> String {
        switch error {
        case let error as any CustomStringConvertible: error.description
        default: "an unexpected error: \(error.localizedDescription). Check the batch with payout status."
        }
    }

    /// Adds a hint for a person who looks for a practice batch in the real ledger.
    private static func hint(_ text: String, _ practice: String?, _ words: TextCatalogue) -> String {
        practice.map { words("error.practice", ["error": text, "path": $0]) } ?? text
    }

    private static func text(
        _ owner: TotalsOwner, _ actual: ControlTotals, _ expected: ExpectedTotals, _ words: TextCatalogue
    ) -> String {
        var values =
            switch owner {
            case .file(let name): ["name": name]
            case .batch(let batch): ["name": words("error.batch", ["batch": batch.name])]
            }
        values["rows"] = String(actual.rows)
        values["sum"] = actual.sum.description
        values["tiyin"] = String(actual.sum.count)
        let rows = expected.rows.flatMap { $0 == actual.rows ? nil : $0 }
        let sum = expected.sum.flatMap { $0 == actual.sum ? nil : $0 }
        if let rows { values["expectedRows"] = String(rows) }
        if let sum { (values["expectedSum"], values["expectedTiyin"]) = (sum.description, String(sum.count)) }
        if rows != nil, sum != nil { return words("error.otherRowsAndSum", values) }
        return words(sum == nil ? "error.otherRows" : "error.otherSum", values)
    }
}

extension CorrectionError {
    fileprivate func text(_ words: TextCatalogue) -> String {
        switch self {
        case .noSuchRow(let row, let batch):
            words("error.noSuchRow", ["row": String(row), "batch": batch.name])
        case .sumTooLarge: words("correction.tooLarge")
        case .otherCard(let row, let card, let inTable):
            words("error.otherCard", ["row": String(row), "card": card, "inTable": inTable])
        case .notRefused(let row, let state):
            words(
                "error.notRefused",
                [
                    "row": String(row), "state": state.rawValue,
                    "stateName": Words.of(words.language).state(state),
                ])
        case .notWanted(let row): words("error.notWanted", ["row": String(row)])
        }
    }
}

extension ConsentError {
    fileprivate func text(_ words: TextCatalogue) -> String {
        switch self {
        case .declined: words("error.declined")
        case .warningsNotAccepted(let kinds):
            words("error.warningsNotAccepted", ["kinds": kinds.map(\.option).sorted().joined(separator: ",")])
        case .nobodyToAsk: words("error.nobodyToAsk")
        }
    }
}

extension SendingRefusal {
    fileprivate func text(_ words: TextCatalogue) -> String {
        switch self {
        case .notApproved(let batch, _): words("error.notApproved", ["batch": batch.name])
        case .rejected(let batch, let who, let note):
            words("error.rejected", ["batch": batch.name, "who": who, "note": note])
        case .rowAboveLimit(let row, let batch, let limit):
            words("error.rowAboveLimit", ["row": String(row), "batch": batch.name, "limit": limit.description])
        case .batchAboveLimit(let batch, let sum, let limit):
            words(
                "error.batchAboveLimit",
                ["batch": batch.name, "sum": sum.description, "limit": limit.description])
        case .dayAboveLimit(let sent, let toSend, let limit):
            words(
                "error.dayAboveLimit",
                ["sent": sent.description, "toSend": toSend.description, "limit": limit.description])
        case .changedMeanwhile(let batch): words("error.changedMeanwhile", ["batch": batch.name])
        }
    }
}

extension ReportError {
    fileprivate func text(in language: Language) -> String {
        guard language != .en else { return description }
        let words = TextCatalogue.ofCommands(language)
        return switch self {
        case .folderNotWritable(let path, _): words("report.folderNotWritable", ["path": path])
        case .inTheWay(let path): words("report.inTheWay", ["path": path])
        case .notWritten(let path, _): words("report.notWritten", ["path": path])
        }
    }
}

extension BatchReference.Invalid {
    /// Describes the flaw and the next step.
    fileprivate func text(in language: Language) -> String {
        guard language != .en else { return description }
        return TextCatalogue.ofCommands(language)("name.advice", ["reason": reason(in: language)])
    }

    /// Names the flaw, without advice.
    func reason(in language: Language) -> String {
        guard language != .en else { return reason }
        let words = TextCatalogue.ofCommands(language)
        var values = ["name": shownName]
        switch flaw {
        case .empty: return words("name.empty")
        case .tooLong(let count):
            values.merge(["count": String(count), "longest": String(BatchReference.longest)]) { $1 }
            return words("name.tooLong", values)
        case .slash: return words("name.slash", values)
        case .dotFirst: return words("name.dotFirst", values)
        case .invisible(let scalar):
            values["code"] = scalar.code
            return words("name.invisible", values)
        case .cardNumber: return words("name.cardNumber", values)
        }
    }
}
