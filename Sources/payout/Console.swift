import Foundation
import Synchronization

/// The terminal, or what stands in for it: results to standard output, everything else to standard error. A line written
/// while a progress bar stands is put above it.
final class Console: Sendable {
    static let shared = Console()

    private let bar = Mutex("")

    var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    private var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

    /// A result.
    func result(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    /// Anything else that a person should know.
    func say(_ text: String) {
        bar.withLock { bar in
            let clear = bar.isEmpty ? "" : "\r\u{1b}[K"
            write(clear + text + "\n" + bar)
        }
    }

    /// Replaces the progress bar; an empty one removes it.
    func show(bar text: String) {
        bar.withLock { bar in
            guard bar != text else { return }
            write("\r\u{1b}[K" + text)
            bar = text
        }
    }

    /// Asks a yes-or-no question; anything but a yes is a no.
    ///
    /// - Returns: `nil` where there is nobody to ask.
    func confirm(_ question: String) -> Bool? {
        guard canAsk else { return nil }
        write(question + " [y/N] ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
        return ["y", "yes", "д", "да", "ha"].contains(answer)
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
