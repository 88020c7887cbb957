import PayoutFiles
import Payouts
package import Reports

/// Words the results of an inbox round in the reader's language.
package struct InboxText: Sendable {
    private let report: Report
    private let words: TextCatalogue

    /// Makes the texts.
    /// - Parameter report: names banks and reasons in the reader's language.
    package init(_ report: Report) {
        self.report = report
        words = TextCatalogue.ofCommands(report.language)
    }

    /// Returns the lines of a round: one for each file.
    package func text(of round: InboxRound) throws -> String {
        if round.entries.isEmpty { return words("inbox.empty") }
        return try round.entries.map { entry in
            let values = ["file": entry.file, "remark": try remark(on: entry)]
            // Keep it on one line: the text of one file must not look like two files.
            return (line(entry.result, values) + (entry.report.map { " → \($0)" } ?? "")).onOneLine
        }.joined(separator: "\n")
    }

    private func line(_ result: InboxRound.Entry.Result, _ values: [String: String]) -> String {
        switch result {
        case .done: words("inbox.done", values)
        case .rejected: words("inbox.rejected", values)
        case .waiting: words("inbox.waiting", values)
        case .left: words("inbox.left", values)
        case .goneOn: words("inbox.continued", values)
        }
    }

    /// Returns what became of a file, in one sentence.
    package func remark(on entry: InboxRound.Entry) throws -> String {
        switch entry.end {
        case .notTaken(let left): left.isOverdue ? advised(left.why) : text(of: left.why)
        case .notReached: words("inbox.notReached")
        case .rejected(let reason): text(of: reason)
        case .ran: try entry.statement.map(text) ?? ""
        case .stopped(let error): error.text(in: report.language)
        }
    }

    /// Returns the technical details of a file that was not handled, in English. `nil` if there are none.
    package func detail(of entry: InboxRound.Entry) -> String? {
        switch entry.end {
        case .stopped(let error), .rejected(.error(let error)): error.detail(in: report.language)
        case .notTaken(let left):
            if case .cannotBeTaken(let reason) = left.why, report.language != .en { reason } else { nil }
        case .notReached, .rejected, .ran: nil
        }
    }

    /// Explains a rejection to the people who dropped the file.
    /// - Parameter width: the width of the table of findings.
    package func explanation(of rejection: Inbox.Rejection, width: Int) -> String {
        var parts = [text(of: rejection.reason)]
        if case .error(let error) = rejection.reason, let detail = error.detail(in: report.language) {
            parts.append(words("forAdministrator", ["detail": detail]))
        }
        if let file = rejection.checked?.file {
            let findings = FindingsTable(file.log, language: report.language, width: width)
            parts.append(TotalsText(of: file, in: report.language).text + "\n" + findings.text)
        }
        return parts.joined(separator: "\n\n")
    }

    private func text(of statement: BatchStatement) throws -> String {
        var parts = try statement.parts.filter { $0.totals.rows > 0 }
            .map { words("inbox.part", count: $0.totals.rows, ["state": report.name(of: $0.state)]) }
        if let pause = statement.pause {
            parts.append(words("inbox.paused", ["code": pause.code.rawValue, "reason": report.text(of: pause)]))
        }
        if let bank = statement.bank { parts.append(words("inbox.bank", ["bank": report.name(ofBank: bank)])) }
        return parts.joined(separator: ", ")
    }

    private func text(of why: InboxFolder.Left.Why) -> String {
        switch why {
        case .notRegular: words("left.notRegular")
        case .folder: words("left.folder")
        case .inOurPlace: words("left.inOurPlace")
        case .unfinished: words("left.unfinished")
        case .hidden: words("left.hidden")
        case .changedAMomentAgo: words("left.changedAMomentAgo")
        case .beingWritten: words("left.beingWritten")
        case .cannotBeTaken(let reason): words("left.cannotBeTaken", ["detail": reason])
        }
    }

    /// Returns why a file was left for too long, with advice.
    private func advised(_ why: InboxFolder.Left.Why) -> String {
        let values = ["why": text(of: why)]
        return switch why {
        case .notRegular, .inOurPlace: words("left.advice.remove", values)
        case .folder: words("left.advice.folder", values)
        case .unfinished, .hidden: words("left.advice.unfinished", values)
        case .changedAMomentAgo: text(of: why)
        case .beingWritten: words("left.advice.beingWritten", values)
        case .cannotBeTaken: words("left.advice.permissions", values)
        }
    }

    private func text(of reason: Inbox.Rejection.Reason) -> String {
        switch reason {
        case .findings(let errors, let warnings): text(errors: errors, warnings: warnings)
        case .importedAlready(let batch, nil): words("rejection.importedAlready", ["batch": batch.name])
        case .importedAlready(let batch, let bank?):
            words("rejection.importedAtBank", ["batch": batch.name, "bank": report.name(ofBank: bank)])
        case .nameTaken(let batch): words("rejection.nameTaken", ["batch": batch.name])
        case .nameIsNotText: words("rejection.nameIsNotText")
        case .changedAfterwards: words("rejection.changedAfterwards")
        case .error(.badName(let error)):
            words("rejection.badName", ["reason": error.reason(in: report.language)])
        case .error(let error): error.text(in: report.language)
        }
    }

    private func text(errors: Int, warnings: Int) -> String {
        let values = [
            "errors": words("rejection.errorCount", count: errors),
            "warnings": words("rejection.warningCount", count: warnings),
        ]
        if warnings == 0 { return words("rejection.errors", values) }
        return words(errors == 0 ? "rejection.warnings" : "rejection.errorsAndWarnings", values)
    }
}
