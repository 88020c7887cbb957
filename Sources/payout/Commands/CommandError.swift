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

extension CommandError {
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
}
