import PaymentValues
package import Payouts
import Reports

/// The progress as text for a terminal.
extension RunProgress {
    /// Returns a line such as `paid 120 of 500 (1 234 567,00 so'm), refused 3, unknown 1, 31 rows/s, 0:12 left`.
    package func line(at uptime: Duration, in language: Language) -> String {
        let words = TextCatalogue.ofCommands(language)
        let left = self[.queued].rows + self[.sending].rows
        let rate = rate(at: uptime)
        var parts = [
            words(
                "progress.paid", count: file.rows,
                ["done": String(self[.paid].rows), "sum": self[.paid].sum.description]),
            words("progress.refused", count: self[.refused].rows),
            words("progress.unknown", count: self[.unknown].rows),
        ]
        if self[.review].rows > 0 { parts.append(words("progress.review", count: self[.review].rows)) }
        if settledHere > 0 { parts.append(words("progress.rate", ["rate": Self.number(rate, in: language)])) }
        if left > 0, rate > 0 {
            let seconds = Int((Double(left) / rate).rounded(.up))
            let remainder = seconds % 60
            parts.append(
                words("progress.left", ["time": "\(seconds / 60):\(remainder < 10 ? "0" : "")\(remainder)"]))
        }
        return parts.joined(separator: ", ")
    }

    /// Returns a bar of the given width, followed by the line.
    package func bar(width: Int, at uptime: Duration, in language: Language) -> String {
        let done = file.rows - self[.queued].rows - self[.sending].rows
        let filled = file.rows > 0 ? done * width / file.rows : width
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "] "
            + line(at: uptime, in: language)
    }

    private static func number(_ rate: Double, in language: Language) -> String {
        let text = rate < 10 ? "\((rate * 10).rounded() / 10)" : "\(Int(rate.rounded()))"
        return language == .en ? text : text.replacing(".", with: ",")
    }
}
