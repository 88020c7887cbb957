import Foundation
import Logging
import Synchronization

/// The terminal, or what stands in for it: results to standard output, everything else to standard error. A line written
/// while a progress bar stands is put above it.
final class Console: Sendable {
    static let shared = Console()

    private let bar = Mutex("")
    private let isOutputLost = Mutex(false)
    private let clockOfLog = Mutex<(@Sendable () -> Date)?>(nil)

    /// Whether a person looks on.
    var isTerminal: Bool { !isLog && isatty(STDERR_FILENO) == 1 }

    /// Whether standard error gets one JSON object a line, for programs that collect logs.
    var isLog: Bool { clockOfLog.withLock { $0 != nil } }

    func becomeLog(by now: @escaping @Sendable () -> Date) {
        clockOfLog.withLock { $0 = now }
    }

    private var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether a result could not be handed over: nobody reads the output any more, or its disk is full.
    var hasLostOutput: Bool { isOutputLost.withLock { $0 } }

    /// A result.
    func result(_ text: String) {
        if !Self.write(text + "\n", to: STDOUT_FILENO) { isOutputLost.withLock { $0 = true } }
    }

    /// Anything else that a person should know.
    ///
    /// - Parameters:
    ///   - message: what a log has instead of the text, beside the details.
    ///   - details: for a log, such as the batch and the row. Never a card.
    func say(
        _ text: String, level: Logger.Level = .notice, message: String? = nil, details: [String: String] = [:]
    ) {
        if let now = clockOfLog.withLock({ $0 }) {
            return Self.tell(LogLine(time: now(), level: level, message: message ?? text, details: details).text + "\n")
        }
        bar.withLock { bar in
            let clear = bar.isEmpty ? "" : "\r\u{1b}[K"
            Self.tell(clear + text + "\n" + bar)
        }
    }

    /// Replaces the progress bar; an empty one removes it.
    func show(bar text: String) {
        // A bar that wraps could not be taken back.
        let text = String(text.prefix(width - 1))
        bar.withLock { bar in
            guard bar != text else { return }
            Self.tell("\r\u{1b}[K" + text)
            bar = text
        }
    }

    /// The terminal's columns; 80 where it does not say.
    var width: Int {
        var size = winsize()
        guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Asks a yes-or-no question; anything but a yes is a no.
    ///
    /// - Returns: `nil` where there is nobody to ask.
    func confirm(_ question: String) -> Bool? {
        guard canAsk else { return nil }
        Self.tell(question + " [y/N] ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        return ["y", "yes", "д", "да", "ha"].contains(answer)
    }

    /// Asks for what nobody may see on the screen; where there is nobody to ask, takes a line of standard input.
    ///
    /// - Returns: `nil` at its end.
    func askHidden(_ prompt: String) -> String? {
        guard canAsk else { return readLine()?.trimmingCharacters(in: .whitespaces) }
        return unsafe getpass(prompt + ": ").map { unsafe String(cString: $0).trimmingCharacters(in: .whitespaces) }
    }

    /// A run goes on though nobody listens: a closed terminal or a full log must not cost a result.
    private static func tell(_ text: String) {
        _ = write(text, to: STDERR_FILENO)
    }

    /// `FileHandle` ends the program where it cannot write, so this is done by hand.
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
