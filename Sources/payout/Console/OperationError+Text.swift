import Bookkeeping
import Foundation
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Reports

extension Console {
    /// Returns a message: the event and the next step.
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
    /// Returns the findings as a table that fits the terminal.
    func text(of log: FindingLog) -> String {
        FindingsTable(log, language: language, width: isTerminal ? width : 110).text
    }
}

extension OperationError {
    /// Returns the message.
    /// - Parameter language: the language of findings in files. Everything else is in English.
    fileprivate func text(in language: Language) -> String {
        switch self {
        case .noLedger(let path, let practice):
            "there is no ledger at \(path): create one with payout run FILE, or name another with --ledger"
                + Self.hint(practice)
        case .earlierLedger(let earlier, let path, let folder):
            "\(earlier) is a ledger in the place of earlier versions, and there is none at \(path) yet. Nothing was "
                + "created or sent. While no run is active, move it: mkdir -p -m 700 \"\(folder)\" && mv \"\(earlier)\"* \"\(folder)\"/ "
                + "— or name it with PAYOUT_LEDGER"
        case .noLedgerFolder(let folder, let path):
            "there is no folder \(folder) for the ledger \(path): nothing was created. Name the right one "
                + "with --ledger or PAYOUT_LEDGER, or create the folder"
        case .cannotMakeLedgerFolder(let folder, let path):
            "the folder \(folder) for the ledger \(path) cannot be created: check its permissions, or name another ledger "
                + "with PAYOUT_LEDGER"
        case .noLedgerToRecover(let path): "there is no ledger at \(path): name another with --ledger"
        case .ledgerInTheWay(let path):
            "there is a ledger at \(path): move it away first if you do not want to continue with it"
        case .noSuchBatch(let name, let practice): LedgerError.noSuchBatch(name).description + Self.hint(practice)
        case .neitherFileNorBatch(let name, let practice):
            "there is neither a file nor a batch “\(name)”: payout status lists the batches" + Self.hint(practice)
        case .importedUnderSeveralNames(let batches):
            "this file was imported as \(batches.map(\.name).joined(separator: ", ")): choose one with --reference"
        case .noSuchRows(let batch): "batch “\(batch)” has none of these rows: nothing was changed"
        case .badName(let error): error.description
        case .unreadable(let error): error.message(in: language) + (error.reason.map { " (\($0))" } ?? "")
        case .fileHasErrors(let name, let count):
            "\(name) has \(count) error\(count == 1 ? "" : "s"): nothing was stored or sent. Fix the file and try again"
        case .correctionsHaveErrors(let name): "\(name) has errors: nothing was changed or sent. Fix it and try again"
        case .correction(let error): error.text
        case .otherTotals(let owner, let actual, let expected): Self.text(owner, actual, expected)
        case .cannotStage(let folder, let reason):
            "the rows cannot be kept in \(folder) for the import (\(reason)): free some space there. Nothing was stored or sent"
        case .consent(let error): error.text
        case .refused(let refusal): refusal.text
        case .secondFactorNeeded:
            "an approval needs a code of an authenticator app (PAYOUT_REQUIRE_SECOND_FACTOR), which only the desk asks for: "
                + "approve the batch there. It is not approved"
        case .noInboxFolder(let path): "there is no folder \(path)"
        case .cannotMakeInboxFolders(let path):
            "no folders can be created in \(path): check its permissions"
        case .inboxUnsafe(let path, .ofAnotherAccount):
            "the inbox \(path) belongs to another account, which could rename what payout moves: run payout inbox under the "
                + "account that owns the folder, or give the folder to it. Nothing was sent"
        case .inboxUnsafe(let path, .withoutStickyBit):
            "others may write in the inbox \(path), and could rename or delete files there: set the sticky bit (chmod +t). "
                + "Then they can drop files and nothing else. Nothing was sent"
        case .inboxFile(let name, let reason):
            "payout could not work with “\(name)” (\(reason)): check the disk and the permissions; the next round tries again"
        case .anotherRound(let folder, let holder):
            "another round is working on \(folder): \(holder). This one did nothing"
        case .statement(let error): error.text(language)
        case .ledger(let error): error.text
        case .report(let error): error.description
        case .bank(let error): error.reason
        case .unexpected(let error): Self.text(ofFault: error)
        }
    }

    private static func text(ofFault error: any Error) -> String {
        switch error {
        case let error as any CustomStringConvertible: error.description
        default: "an unexpected error: \(error.localizedDescription). Check the batch with payout status."
        }
    }

    /// Returns a hint for a person who looks for a practice batch in the real ledger.
    private static func hint(_ practice: String?) -> String {
        practice.map { ". Practice batches are in a separate ledger, \($0): add --sandbox" } ?? ""
    }

    private static func text(_ owner: TotalsOwner, _ actual: ControlTotals, _ expected: ExpectedTotals) -> String {
        let name =
            switch owner {
            case .file(let name): name
            case .batch(let batch): "batch “\(batch)”"
            }
        var differences: [String] = []
        if let rows = expected.rows, rows != actual.rows {
            differences.append("\(actual.rows) rows instead of the expected \(rows)")
        }
        if let sum = expected.sum, sum != actual.sum {
            differences.append(
                "\(actual.sum) so‘m (\(actual.sum.count) tiyin) instead of the expected \(sum) so‘m (\(sum.count) tiyin)"
            )
        }
        return
            "\(name) has \(differences.joined(separator: ", and ")): nothing was stored or sent. Find out which totals are right"
    }
}

extension LedgerError {
    fileprivate var text: String {
        guard case .boundToAnotherBank(let batch, let bound, _) = self, BankIdentity(recorded: bound).isSandbox else {
            return description
        }
        return
            "batch “\(batch)” belongs to a practice bank (\(bound)): no money was moved, and no other bank can continue it. To pay "
            + "the file for real, import it with another --reference. To continue practising, "
            + (bound == "sandbox"
                ? "add --sandbox" : "set PAYOUT_BANK_URL back, or add --same-bank if the bank has moved")
    }
}

extension CorrectionError {
    fileprivate var text: String {
        switch self {
        case .noSuchRow(let row, let batch): "batch “\(batch)” has no row \(row): nothing was changed"
        case .otherCard(let row, let card, let inTable):
            "row \(row) has the card \(card), but the table has \(inTable): does the table belong to another "
                + "batch? Nothing was changed"
        case .notRefused(let row, let state):
            "row \(row) is \(state.rawValue), but only refused rows can be corrected: nothing was changed"
        case .notWanted(let row):
            "the table corrects row \(row), but --rows or --code exclude it: nothing was changed. Include it, or remove it from the table"
        }
    }
}

extension ConsentError {
    fileprivate var text: String {
        switch self {
        case .declined: "nothing was sent; run again when you are ready"
        case .warningsNotAccepted:
            "there are warnings, and --yes does not accept them: check them, then add --accept-warnings. Nothing was sent"
        case .nobodyToAsk: "there is no terminal to ask: add --yes to send without a question. Nothing was sent"
        }
    }
}

extension SendingRefusal {
    fileprivate var text: String {
        switch self {
        case .notApproved(let batch, _):
            "batch “\(batch)” needs the approval of a person who did not import or correct it: "
                + "payout approve \"\(batch)\" --rows N --sum \"S UZS\", with the totals from that person's own document. "
                + "Nothing was sent"
        case .rejected(let batch, let who, let note):
            "\(who) rejected batch “\(batch)” (\(note)): correct its refused rows, or cancel it with payout cancel and import "
                + "the right file. Nothing was sent"
        case .rowAboveLimit(let row, let batch, let limit):
            "row \(row) of batch “\(batch)” is above the limit of \(limit) so‘m for one row (PAYOUT_MAX_ROW): "
                + "withdraw it, or ask for a higher limit. Nothing was sent"
        case .batchAboveLimit(let batch, let sum, let limit):
            "the total of batch “\(batch)” is \(sum) so‘m, above the limit of \(limit) so‘m for one batch (PAYOUT_MAX_BATCH): "
                + "split the file, or ask for a higher limit. Nothing was sent"
        case .dayAboveLimit(let sent, let toSend, let limit):
            "\(sent) so‘m were sent today, and \(toSend) so‘m more would be above the limit of \(limit) so‘m "
                + "for one day (PAYOUT_MAX_DAY): run the batch on another day, or ask for a higher limit. Nothing was sent"
        case .changedMeanwhile(let batch):
            "somebody else changed batch “\(batch)” in the meantime: nothing was sent. Run again"
        }
    }
}
