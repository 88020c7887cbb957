import Installation
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Reports

extension Console {
    /// The texts of the command line in the language of the lines.
    var words: TextCatalogue { .ofCommands(lineLanguage) }

    /// Returns the message that ends a command. Only payout's own lines break: a text from a file stays on one line. A card
    /// number that somebody typed as a name is masked.
    func message(of error: any Error) -> String {
        let text = maskingTrueCardNumbers(in: text(of: error))
        if case .statement(.rejected) = OperationError(error) { return text.steeringNothing }
        return text.onOneLine
    }

    /// Returns a message: the event and the next step.
    func text(of error: any Error) -> String { text(of: error, in: lineLanguage) }

    func text(of error: any Error, in language: Language) -> String {
        switch error {
        case let error as OperationError: error.text(in: language)
        default:
            CommandError(wording: error)?.text(in: language)
                ?? text(of: OperationError(error), or: error, in: language)
        }
    }

    /// Errors of the administrator's commands are in English.
    private func text(of classified: OperationError, or error: any Error, in language: Language) -> String {
        switch (classified, error) {
        case (.unexpected, let error as any CustomStringConvertible): error.description
        default: classified.text(in: language)
        }
    }

    /// Returns the administrator's line below a message, in English. `nil` if there is none.
    func detail(of error: any Error) -> String? {
        let detail =
            if let error = CommandError(wording: error) {
                error.detail(in: lineLanguage)
            } else {
                OperationError(error).detail(in: lineLanguage)
            }
        guard let detail, detail != text(of: error) else { return nil }
        return words("forAdministrator", ["detail": detail]).onOneLine
    }

    /// Returns the findings as a table that fits the terminal.
    func text(of log: FindingLog, in language: Language? = nil) -> String {
        FindingsTable(log, language: language ?? lineLanguage, width: tableWidth).text
    }

    /// Returns the comparison with last time.
    ///
    /// - Parameter hidesTotals: whether the reader must take the totals from another source.
    func text(of comparison: Comparison, in language: Language? = nil, hidesTotals: Bool = false) -> String {
        ComparisonText(
            comparison, in: language ?? lineLanguage, timeZone: Composition.timeZone, hidesTotals: hidesTotals
        ).text
    }

    /// The questions of a command to the person, in English.
    var dialogue: Dialogue {
        Dialogue(
            isInteractive: canAsk, say: { self.say($0) }, ask: ask, askHidden: askHidden,
            explain: { self.text(of: $0, in: .en) })
    }

    var tableWidth: Int { isTerminal ? width : 110 }
}
