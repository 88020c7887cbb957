import Payouts

/// The progress as text for a terminal.
extension RunProgress {
    /// Returns a line such as `paid 120 of 500 (1 234 567,00 so'm), refused 3, unknown 1, 31 rows/s, 0:12 left`.
    package func line(at uptime: Duration) -> String {
        let left = self[.queued].rows + self[.sending].rows
        let rate = rate(at: uptime)
        var parts = [
            "paid \(self[.paid].rows) of \(file.rows) (\(self[.paid].sum) so‘m)", "refused \(self[.refused].rows)",
            "unknown \(self[.unknown].rows)",
        ]
        if self[.review].rows > 0 { parts.append("in dispute \(self[.review].rows)") }
        if settledHere > 0 { parts.append("\(Self.number(rate)) rows/s") }
        if left > 0, rate > 0 {
            let seconds = Int((Double(left) / rate).rounded(.up))
            let remainder = seconds % 60
            parts.append("\(seconds / 60):\(remainder < 10 ? "0" : "")\(remainder) left")
        }
        return parts.joined(separator: ", ")
    }

    /// Returns a bar of the given width, followed by the line.
    package func bar(width: Int, at uptime: Duration) -> String {
        let done = file.rows - self[.queued].rows - self[.sending].rows
        let filled = file.rows > 0 ? done * width / file.rows : width
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "] "
            + line(at: uptime)
    }

    private static func number(_ rate: Double) -> String {
        rate < 10 ? "\((rate * 10).rounded() / 10)" : "\(Int(rate.rounded()))"
    }
}
