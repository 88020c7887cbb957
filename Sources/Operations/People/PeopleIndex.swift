package import Bookkeeping
import PaymentValues
import PayoutFiles
import Payouts
import Synchronization

/// Finds payouts of all batches by name in any spelling, by the accountant's id, by the last four digits of the card, or by
/// amount.
///
/// It keeps some forty bytes of each row in memory, because no index of a table finds a part of a name in any spelling. Each
/// search first reads the batches that changed.
///
///     let found = try PeopleIndex().find("Қодиров", in: ledger)
package final class PeopleIndex: Sendable {
    /// The most payouts that a search returns.
    package static let limit = 200

    private let state = Mutex(State())

    private struct State {
        var lastEvent: Int64?
        var batches: [BatchID: BatchText] = [:]
    }

    package init() {}

    /// Reads the batches that were imported or corrected since the last call.
    package func refresh(from ledger: Ledger) throws(LedgerError) {
        let known = state.withLock(\.lastEvent)
        let changes = try ledger.changes(since: known, of: [.imported, .corrected])
        var texts: [BatchID: BatchText] = [:]
        for batch in changes.batches { texts[batch] = try BatchText(of: batch, in: ledger) }
        state.withLock { state in
            // Another thread may have been faster.
            guard state.lastEvent ?? -1 <= changes.lastEvent else { return }
            state.lastEvent = changes.lastEvent
            state.batches.merge(texts) { $1 }
        }
    }

    /// Finds payouts, those of the latest batch first.
    ///
    /// - Returns: the payouts, at most ``limit``, and how many there are.
    package func find(_ text: String, in ledger: Ledger) throws(LedgerError) -> (payouts: [FoundPayout], count: Int) {
        guard let query = Query(text) else { return ([], 0) }
        try refresh(from: ledger)
        let batches = state.withLock(\.batches)
        var places: [(batch: BatchID, row: Int)] = []
        var count = 0
        for (batch, text) in batches.sorted(by: { $0.key.number > $1.key.number }) {
            let rows = text.rows(matching: query)
            count += rows.count
            places += rows.prefix(Self.limit - places.count).map { (batch, $0) }
        }
        return (try ledger.payouts(places), count)
    }
}

/// The text of a batch that a search reads: one line for each row, `foldings of the name 1 id 2 last four 3 amount`. The
/// numbers are the bytes between the parts.
private struct BatchText: Sendable {
    static let key: UInt8 = 1
    static let card: UInt8 = 2
    static let amount: UInt8 = 3
    static let end: UInt8 = 10

    private var bytes: [UInt8] = []
    private var rows: [Int32] = []
    /// The first byte of each line.
    private var starts: [Int32] = []

    init(of batch: BatchID, in ledger: Ledger) throws(LedgerError) {
        var (bytes, rows, starts): ([UInt8], [Int32], [Int32]) = ([], [], [])
        try ledger.forEachSearchable(in: batch) { row, name, rowKey, card, amount in
            rows.append(Int32(row))
            starts.append(Int32(bytes.count))
            if let name {
                bytes += SearchText(name).foldings.joined(separator: " ").utf8.lazy.map { $0 < 32 ? 32 : $0 }
            }
            bytes.append(Self.key)
            if let rowKey { bytes += rowKey.lowercased().utf8.lazy.map { $0 < 32 ? 32 : $0 } }
            bytes.append(Self.card)
            bytes += card.utf8.suffix(4)
            bytes.append(Self.amount)
            bytes += String(amount.count).utf8
            bytes.append(Self.end)
        }
        (self.bytes, self.rows, self.starts) = (bytes, rows, starts)
    }

    func rows(matching query: Query) -> [Int] {
        var lines = Set<Int>()
        for way in query.ways {
            forEachPlace(of: way.text) { place in
                let line = line(at: place)
                if !lines.contains(line), way.others.allSatisfy({ contains($0, inLine: line) }) { lines.insert(line) }
            }
        }
        return lines.sorted().map { Int(rows[$0]) }
    }

    /// The line that has a byte.
    private func line(at place: Int) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= place { low = middle } else { high = middle }
        }
        return low
    }

    private func contains(_ text: [UInt8], inLine line: Int) -> Bool {
        let end = line + 1 < starts.count ? Int(starts[line + 1]) : bytes.count
        var found = false
        forEachPlace(of: text, in: Int(starts[line])..<end) { _ in found = true }
        return found
    }

    private func forEachPlace(of text: [UInt8], in range: Range<Int>? = nil, _ body: (Int) -> Void) {
        guard let first = text.first else { return }
        let (span, text) = (bytes.span, text.span)
        let range = range ?? 0..<span.count
        var place = range.lowerBound
        let last = range.upperBound - text.count
        while place <= last {
            if span[place] == first {
                var length = 1
                while length < text.count, span[place + length] == text[length] { length += 1 }
                if length == text.count { body(place) }
            }
            place += 1
        }
    }
}

/// The text to search for, in one of several forms.
private struct Query {
    struct Way {
        let text: [UInt8]
        /// The other words, which the same row must have too.
        var others: [[UInt8]] = []
    }

    private(set) var ways: [Way] = []

    /// - Returns: `nil` for a text with nothing to search.
    init?(_ text: String) {
        let plain = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        if plain.isEmpty { return nil }
        for folding in SearchText(plain).foldings where plain.contains(where: \.isLetter) {
            let words = folding.split(separator: " ").map { Array($0.utf8) }.sorted { $0.count > $1.count }
            if let longest = words.first { ways.append(Way(text: longest, others: Array(words.dropFirst()))) }
        }
        ways.append(Way(text: [BatchText.key] + plain.utf8))
        let digits = plain.filter { $0 != " " }
        if digits.utf8.count == 4, digits.utf8.allSatisfy({ (48...57).contains($0) }) {
            ways.append(Way(text: [BatchText.card] + digits.utf8 + [BatchText.amount]))
        }
        if let amount = Self.amount(plain) {
            ways.append(Way(text: [BatchText.amount] + String(amount.count).utf8 + [BatchText.end]))
        }
    }

    private static func amount(_ text: String) -> Tiyin? {
        do {
            return try StatedSum(text.contains(where: \.isLetter) ? text : text + " UZS").tiyin
        } catch {
            return nil
        }
    }
}
