import PaymentValues
import Payouts
import Reports

/// The balance check: the parts of a batch and whether they add up.
struct ProofView {
    let percent: Int
    let progressText: String
    let bars: [Bar]
    let parts: [Part]
    let allRows, allSum, fileRows, fileSum, toPay: String
    let corrections: Corrected?
    let addsUp, addsUpKind: String
    let commission: String?

    struct Bar {
        let kind: String
        let x, width: Double
    }

    struct Part {
        let kind, name, rows, sum: String
        let rowsHref: String?
    }

    struct Corrected {
        let rows, sum: String
    }

    /// Shows the balance check.
    /// - Parameters:
    ///   - isRunning: whether a run is active. Then claimed rows count as in flight, and otherwise as unknown.
    ///   - left: the estimated remaining time of the run.
    init(
        _ statement: BatchStatement, isRunning: Bool, left: Duration? = nil, in w: Wording, reportWords: Words
    ) throws {
        let toPay = try statement.toPay
        var parts = try statement.parts
        if isRunning, let place = parts.firstIndex(where: { $0.state == .unknown }) {
            parts[place].totals = statement[.unknown]
            parts.insert((.sending, statement[.sending]), at: place)
        }
        let all = try parts.reduce(ControlTotals.zero) { try $0.adding($1.totals) }
        let settled = statement.file.rows - statement.notSent.rows - statement[.sending].rows
        percent = statement.file.rows > 0 ? settled * 100 / statement.file.rows : 100
        var text = w(
            "progressText", count: statement[.paid].rows, ["of": Figures.number(statement.file.rows)])
        if let left {
            let minutes = Int((left / .seconds(60)).rounded(.up))
            text += ", " + w("minutesLeft", count: max(minutes, 1))
        }
        progressText = text
        var x = 0.0
        bars = parts.map { part in
            let width = Double(part.totals.rows) * 100 / Double(max(statement.file.rows, 1))
            defer { x += width }
            return Bar(kind: part.state.rawValue, x: x, width: width)
        }.filter { $0.width > 0 }
        let path = Desk.path(statement.reference)
        self.parts = parts.map { part in
            Part(
                kind: part.state.rawValue,
                name: (part.state == .sending ? w("onItsWay") : reportWords.state(part.state)).firstUppercased,
                rows: Figures.number(part.totals.rows), sum: Figures.amount(part.totals.sum),
                rowsHref: part.totals.rows > 0 ? "\(path)/rows?state=\(part.state.rawValue)" : nil)
        }
        allRows = Figures.number(all.rows)
        allSum = Figures.amount(all.sum)
        fileRows = Figures.number(statement.file.rows)
        fileSum = Figures.amount(statement.file.sum)
        self.toPay = Figures.amount(toPay.sum)
        corrections =
            statement.corrections.rows > 0
            ? Corrected(
                rows: Figures.number(statement.corrections.rows), sum: Figures.amount(statement.corrections.change))
            : nil
        addsUp =
            !statement.addsUp
            ? reportWords.doesNotAddUp
            : statement.corrections.rows > 0 ? reportWords.addsUpCorrected : reportWords.addsUp
        addsUpKind = statement.addsUp ? "good" : "error"
        commission =
            statement.commission > .zero
            ? w("commission", ["sum": Figures.amount(statement.commission)]) : nil
    }
}

extension Desk {
    /// Returns the words of the report, which pages use too.
    func words(_ language: Language) -> Words { Words.of(language) }
}
