import Bookkeeping
import Operations
import PayoutFiles
import Payouts

extension Console {
    /// Says what happened and what to do.
    func text(of error: any Error) -> String {
        switch error {
        case let error as CommandError: error.message
        case let error as OperationError: error.text(in: language)
        case let error as any CustomStringConvertible: error.description
        default: OperationError(error).text(in: language)
        }
    }
}

extension Console {
    /// The findings as a table that fits the terminal.
    func text(of log: FindingLog) -> String {
        FindingsTable(log, language: language, width: isTerminal ? width : 110).text
    }
}

extension OperationError {
    /// - Parameter language: of what is said about a file. All else is in English.
    fileprivate func text(in language: Language) -> String {
        switch self {
        case .noLedger(let path, let practice):
            "there is no ledger at \(path): payout run FILE begins one, --ledger names another" + Self.hint(practice)
        case .earlierLedger(let earlier, let path, let folder):
            "\(earlier) is a ledger where earlier versions kept it, and there is none at \(path) yet. Nothing was "
                + "made or sent. While no run is on, move it: mkdir -p -m 700 \"\(folder)\" && mv \"\(earlier)\"* \"\(folder)\"/ "
                + "— or name it with PAYOUT_LEDGER"
        case .noLedgerFolder(let folder, let path):
            "there is no folder \(folder) for the ledger \(path): nothing was made. Name the right one "
                + "with --ledger or PAYOUT_LEDGER, or make the folder"
        case .cannotMakeLedgerFolder(let folder, let path):
            "the folder \(folder) for the ledger \(path) cannot be made: check who may write there, or name another ledger "
                + "with PAYOUT_LEDGER"
        case .noSuchBatch(let name, let practice): LedgerError.noSuchBatch(name).description + Self.hint(practice)
        case .neitherFileNorBatch(let name, let practice):
            "there is neither a file nor a batch “\(name)”: payout status lists the batches" + Self.hint(practice)
        case .importedUnderSeveralNames(let batches):
            "this file was imported as \(batches.map(\.name).joined(separator: ", ")): say which with --reference"
        case .noSuchRows(let batch): "batch “\(batch)” has none of these rows: nothing was changed"
        case .badName(let error): error.description
        case .unreadable(let error): error.message(in: language)
        case .fileHasErrors(let name, let count):
            "\(name) has \(count) error\(count == 1 ? "" : "s"): nothing was stored or sent. Mend the file and try again"
        case .correctionsHaveErrors(let name): "\(name) has errors: nothing was changed or sent. Mend it and try again"
        case .correction(let error): error.text
        case .otherTotals(let owner, let actual, let expected): Self.text(owner, actual, expected)
        case .cannotStage(let folder, let reason):
            "the rows cannot be kept in \(folder) until they are stored (\(reason)): make room there. Nothing was stored or sent"
        case .consent(let error): error.text
        case .refused(let refusal): refusal.text
        case .noInboxFolder(let path): "there is no folder \(path)"
        case .cannotMakeInboxFolders(let path):
            "no folders can be made in \(path): check who may write there"
        case .anotherRound(let folder, let holder):
            "another round is at work on \(folder): \(holder). Nothing was done by this one"
        case .ledger(let error): error.text
        case .report(let error): error.description
        case .bank(let error): error.reason
        case .unexpected(let error): Self.text(ofFault: error)
        }
    }

    private static func text(ofFault error: any Error) -> String {
        switch error {
        case let error as any CustomStringConvertible: error.description
        default: "an unexpected fault: \(error.localizedDescription). Run payout status to see how the batch stands."
        }
    }

    /// For somebody who looks for a practice batch in the ledger of everyday.
    private static func hint(_ practice: String?) -> String {
        practice.map { ". What was done with --sandbox is in a ledger of its own, \($0): add --sandbox" } ?? ""
    }

    private static func text(_ owner: TotalsOwner, _ actual: ControlTotals, _ expected: ExpectedTotals) -> String {
        let name =
            switch owner {
            case .file(let name): name
            case .batch(let batch): "batch “\(batch)”"
            }
        var differences: [String] = []
        if let rows = expected.rows, rows != actual.rows {
            differences.append("\(actual.rows) rows where \(rows) are expected")
        }
        if let sum = expected.sum, sum != actual.sum {
            differences.append(
                "\(actual.sum) so'm (\(actual.sum.count) tiyin) where \(sum) so'm (\(sum.count) tiyin) are expected")
        }
        return
            "\(name) has \(differences.joined(separator: ", and ")): nothing was stored or sent. Find out which of the two is right"
    }
}

extension LedgerError {
    fileprivate var text: String {
        guard case .boundToAnotherBank(let batch, let bound, _) = self, BankIdentity(recorded: bound).isSandbox else {
            return description
        }
        return
            "batch “\(batch)” was begun in a practice bank (\(bound)): no money was moved, and it cannot go on elsewhere. To pay "
            + "the file for real, import it with another --reference; to go on practising, "
            + (bound == "sandbox" ? "add --sandbox" : "set PAYOUT_BANK_URL back, or add --same-bank where it has moved")
    }
}

extension CorrectionError {
    fileprivate var text: String {
        switch self {
        case .noSuchRow(let row, let batch): "batch “\(batch)” has no row \(row): nothing was changed"
        case .otherCard(let row, let card, let inTable):
            "row \(row) has the card \(card), and the table says \(inTable): is it the table of another "
                + "batch? Nothing was changed"
        case .notRefused(let row, let state):
            "row \(row) is \(state.rawValue), and only refused rows can be corrected: nothing was changed"
        case .notWanted(let row):
            "the table corrects row \(row), which --rows or --code leave out: nothing was changed. Name it, or take it out"
        }
    }
}

extension ConsentError {
    fileprivate var text: String {
        switch self {
        case .declined: "nothing was sent; run again when it may be"
        case .warningsNotAccepted:
            "there are warnings, and --yes does not accept them: look at them, then add --accept-warnings. Nothing was sent"
        case .nobodyToAsk: "there is no terminal to ask at: add --yes to send without asking. Nothing was sent"
        }
    }
}

extension SendingRefusal {
    fileprivate var text: String {
        switch self {
        case .notApproved(let batch, let totals):
            "batch “\(batch)” waits for approval by another person than those who imported or corrected it: "
                + "payout approve \"\(batch)\" --rows N --sum \"S UZS\", with the totals from their own source "
                + "(the batch has \(totals.rows) rows for \(totals.sum) so'm). Nothing was sent"
        case .rowAboveLimit(let row, let batch, let limit):
            "row \(row) of batch “\(batch)” is above the limit of \(limit) so'm for one row (PAYOUT_MAX_ROW): "
                + "withdraw it, or have the limit raised. Nothing was sent"
        case .batchAboveLimit(let batch, let sum, let limit):
            "batch “\(batch)” comes to \(sum) so'm, above the limit of \(limit) so'm for one batch (PAYOUT_MAX_BATCH): "
                + "split the file, or have the limit raised. Nothing was sent"
        case .dayAboveLimit(let sent, let toSend, let limit):
            "\(sent) so'm were sent today and \(toSend) so'm are to follow, together above the limit of \(limit) so'm "
                + "for one day (PAYOUT_MAX_DAY): run the batch on another day, or have the limit raised. Nothing was sent"
        case .changedMeanwhile(let batch):
            "batch “\(batch)” was changed by somebody else meanwhile: nothing was sent; run again"
        }
    }
}
