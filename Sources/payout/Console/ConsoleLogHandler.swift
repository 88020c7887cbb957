import Logging

/// Log lines as a person reads them: `warning: text (key: value)`, on standard error.
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
        // A log is of many batches; a person sees which one is at work.
        let details = all.filter { $0.key != "batch" }.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            .joined(separator: ", ")
        let prefix = event.level <= .notice ? "" : "\(event.level): "
        let message = event.message.description
        console.say(
            prefix + message + (details.isEmpty ? "" : " (\(details))"), level: event.level, message: message,
            details: all)
    }
}
