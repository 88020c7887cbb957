import Installation
import Payouts
import ProgramSettings
import Reports

/// A failure with its message and exit status.
struct CommandError: Error {
    let status: ExitStatus
    private let message: Message

    private enum Message {
        /// English, for the administrator.
        case english(String)
        /// The key and the values of a text that an accountant reads.
        case text(String, [String: String])
    }

    /// Makes a failure that only the administrator reads. If the settings are wrong, others get a general text.
    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = .english(message)
    }

    /// Makes a failure that the person at the terminal can fix.
    /// - Parameter key: the key of its text.
    init(_ status: ExitStatus, key: String, _ values: [String: String] = [:]) {
        self.status = status
        message = .text(key, values)
    }

    func text(in language: Language) -> String {
        switch message {
        case .text(let key, let values): TextCatalogue.ofCommands(language)(key, values)
        case .english(let text) where language == .en || status != .configuration: text
        case .english: TextCatalogue.ofCommands(language)("error.settings")
        }
    }

    /// Returns the message for the administrator, if ``text(in:)`` does not have it.
    func detail(in language: Language) -> String? {
        if case .english(let text) = message, text != self.text(in: language) { text } else { nil }
    }
}

// MARK: The words of other errors

extension CommandError {
    /// Words an error of the command line, the settings or the setup. `nil` for any other error.
    init?(wording error: any Error) {
        switch error {
        case let error as CommandError: self = error
        case let error as SettingsError: self.init(error)
        case let error as SetupError: self.init(error)
        #if Desk
        case let error as NewPasswordError: self.init(error)
        #endif
        default: return nil
        }
    }

    init(_ error: SettingsError) {
        switch error {
        case .wrong(let text): self.init(.configuration, text)
        case .nobody(let text): self.init(.notAllowed, text)
        case .outOfReach(let path, let folder):
            self.init(.notAllowed, key: "error.outOfReach", ["path": path, "folder": folder])
        case .noPathUnderSudo(let option, let file):
            self.init(.notAllowed, key: "error.noPathUnderSudo", ["option": option, "file": file])
        }
    }

    private init(_ error: SetupError) {
        switch error {
        case .folderNotWritable(let folder):
            self.init(
                .notAllowed, "\(folder) cannot be written: run sudo payout setup, or name a file with --config")
        case .fileNotWritable(let path, let reason): self.init(.configuration, "\(path) cannot be written (\(reason))")
        case .answersEndTooEarly:
            self.init(.wrongUse, "the answers end too early: nothing more was changed. Run payout setup again")
        case .notAPerson:
            self.init(.wrongUse, "write a name and maker, checker or viewer, for example: dilnoza maker")
        case .bankNotAccepted(let faults):
            self.init(ExitStatus(faults), "the bank does not accept these answers: nothing was changed")
        case .serviceNotStarted(let command):
            self.init(
                .configuration, "\(command) failed: the settings are written; see journalctl -u payout-desk")
        }
    }

    #if Desk
    private init(_ error: NewPasswordError) {
        switch error {
        case .tooShort(let minimum):
            self.init(.wrongUse, "a password must have at least \(minimum) characters: nothing was changed")
        case .easyToGuess:
            self.init(
                .wrongUse,
                "a password must have at least 5 different characters, and must contain neither the user's name nor payout's: "
                    + "nothing was changed")
        case .notRepeated: self.init(.wrongUse, "the two passwords differ: nothing was changed")
        }
    }
    #endif
}
