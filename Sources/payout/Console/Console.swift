import Foundation
import Logging
import Payouts
import ProgramSettings
import Reports
import Synchronization

/// Writes results to standard output, and everything else to standard error. It keeps a progress bar below the other
/// lines.
final class Console: Sendable {
    static let shared = Console()

    private let bar = Mutex("")
    private let isOutputLost = Mutex(false)
    private let spoken = Mutex(Language(localeOf: ProcessInfo.processInfo.environment))
    private let clockOfLog = Mutex<(@Sendable () -> Date)?>(nil)

    /// The reader's language.
    var language: Language { spoken.withLock { $0 } }

    /// The language of lines on the terminal. A log is in English.
    var lineLanguage: Language { isLog ? .en : language }

    func speak(_ language: Language) {
        spoken.withLock { $0 = language }
    }

    /// Whether standard error is a terminal.
    var isTerminal: Bool { !isLog && isatty(STDERR_FILENO) == 1 }

    /// Whether standard error gets one JSON object per line, for log collectors.
    var isLog: Bool { clockOfLog.withLock { $0 != nil } }

    func becomeLog(by now: @escaping @Sendable () -> Date) {
        clockOfLog.withLock { $0 = now }
    }

    var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether a result could not be written, because the pipe is closed or the disk is full.
    var hasLostOutput: Bool { isOutputLost.withLock { $0 } }

    func result(_ text: String) {
        if !Self.write(text.steeringNothing + "\n", to: STDOUT_FILENO) { isOutputLost.withLock { $0 = true } }
    }

    /// Writes a message to standard error.
    ///
    /// - Parameters:
    ///   - message: replaces the text in a JSON log, which also gets the details.
    ///   - details: the fields of a JSON log, such as the batch and the row. Never pass a card.
    func say(
        _ text: String, level: Logger.Level = .notice, message: String? = nil, details: [String: String] = [:]
    ) {
        if let now = clockOfLog.withLock({ $0 }) {
            return Self.tell(LogLine(time: now(), level: level, message: message ?? text, details: details).text + "\n")
        }
        bar.withLock { bar in
            let clear = bar.isEmpty ? "" : "\r\u{1b}[K"
            Self.tell(clear + text.steeringNothing + "\n" + bar)
        }
    }

    /// Replaces the progress bar. An empty text removes it.
    func show(bar text: String) {
        // A bar that wraps could not be removed.
        let text = String(text.onOneLine.prefix(width - 1))
        bar.withLock { bar in
            guard bar != text else { return }
            Self.tell("\r\u{1b}[K" + text)
            bar = text
        }
    }

    /// The number of columns of the terminal. It is 80 if the terminal does not say.
    var width: Int {
        var size = winsize()
        guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Asks a yes-or-no question in the reader's language. Any other answer counts as no.
    ///
    /// - Returns: the answer, or `nil` if standard input is not a terminal.
    func confirm(_ question: String) -> Bool? {
        guard canAsk else { return nil }
        Self.tell("\(question.steeringNothing) \(words("ask.choice")) ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        return ["y", "yes", "д", "да", "h", "ha"].contains(answer)
    }

    /// Asks for a line of text.
    ///
    /// - Returns: the line, or `nil` at the end of the input.
    func ask(_ question: String) -> String? {
        Self.tell("\(question.steeringNothing): " + (canAsk ? "" : "\n"))
        return readLine()?.trimmingCharacters(in: .whitespaces)
    }

    /// Asks for a secret without showing it. Reads a line of standard input if that is not a terminal.
    ///
    /// - Returns: the line, or `nil` at the end of the input.
    func askHidden(_ prompt: String) -> String? {
        guard canAsk else { return readLine() }
        return unsafe getpass(prompt + ": ").map { unsafe String(cString: $0) }
    }

    /// Writes a message and ignores failures: a closed terminal or a full log must not end a run.
    private static func tell(_ text: String) {
        _ = write(text, to: STDERR_FILENO)
    }

    /// Writes a text. It does not use `FileHandle`, because a failed write would end the program.
    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
