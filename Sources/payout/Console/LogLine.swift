import Foundation
import Logging
import PaymentValues
import Payouts

/// One line of a JSON log: an object with `time`, `level`, `message` and the details.
struct LogLine {
    let time: Date
    let level: Logger.Level
    let message: String
    let details: [String: String]

    var text: String {
        // Messages quote texts of the bank and of people, which may hold a card number.
        var fields = details.mapValues(maskingTrueCardNumbers(in:))
        fields["time"] = Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(time)
        fields["level"] = level.rawValue
        fields["message"] = maskingTrueCardNumbers(in: message)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(fields), as: UTF8.self).jsonSteeringNothing
        } catch {
            return #"{"level":"error","message":"a log line could not be written"}"#
        }
    }
}
