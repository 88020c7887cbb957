import Logging
import Payouts
import Reports

/// Writes log lines for people: `warning: text (key: value)`, to standard error.
struct ConsoleLogHandler: LogHandler {
    let console: Console
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    init(console: Console) {
        self.console = console
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }.mapValues(\.description)
        // Leave out the batch: the person knows it, and only a JSON log needs it.
        let details = all.filter { $0.key != "batch" }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            .joined(separator: ", ")
        let prefix = event.level <= .notice ? "" : "\(event.level): "
        let message = event.message.description
        var line = prefix + message + (details.isEmpty ? "" : " (\(details))")
        if console.lineLanguage != .en {
            // The log is in English. Readers of other languages get its warnings only, marked as such.
            guard event.level >= .warning else { return }
            line = console.words("log.line", ["line": line])
        }
        console.say(line, level: event.level, message: message, details: all)
    }
}
