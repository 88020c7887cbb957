import Foundation
import Logging
import PaymentValues

/// One line of a log for programs: a JSON object with `time`, `level`, `message` and whatever else is known.
struct LogLine {
    let time: Date
    let level: Logger.Level
    let message: String
    let details: [String: String]

    var text: String {
        // What the bank or a person wrote is quoted in messages, and may hold a card.
        var fields = details.mapValues(maskingTrueCardNumbers(in:))
        fields["time"] = Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(time)
        fields["level"] = level.rawValue
        fields["message"] = maskingTrueCardNumbers(in: message)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(fields), as: UTF8.self)
        } catch {
            return #"{"level":"error","message":"a log line could not be written"}"#
        }
    }
}
