import Fixtures
import Foundation
import PaymentValues
import Payouts

@testable import PayoutFiles

/// Damages the files of the corpus, and holds what is read of them against rules that are written here anew. A round follows
/// from the seed and its number alone.
struct FileFuzzer {
    let seed: UInt64
    private let corpus: [[UInt8]]

    /// A file that was read wrongly.
    struct Violation: Error, CustomStringConvertible {
        let rule: String
        let bytes: [UInt8]

        var description: String { "\(rule); the file in base64: \(Data(bytes).base64EncodedString())" }
    }

    struct Tally {
        var payable = 0
        var faulty = 0
        var paidRows = 0
    }

    init(seed: UInt64, corpus: URL) throws {
        self.seed = seed
        self.corpus = try FileManager.default.contentsOfDirectory(atPath: corpus.path).filter { $0.hasSuffix(".csv") }
            .sorted().map { Array(try Data(contentsOf: corpus.appendingPathComponent($0))) }
    }

    func play(_ round: Int, _ tally: inout Tally) throws(Violation) {
        var random = SeededGenerator(seed: seed &+ UInt64(round) &* 0x9E37_79B9_7F4A_7C15)
        var bytes = corpus.randomElement(using: &random) ?? []
        // Many stay almost whole, for what is accepted is what must keep the rules.
        for _ in 0..<min(Int.random(in: 0...4, using: &random), Int.random(in: 0...4, using: &random)) {
            mutate(&bytes, &random)
        }
        var options = PayrollText.november2026
        if Bool.random(using: &random) { options.maximumRow = Self.limit }
        options.maximumRowBytes = Bool.random(using: &random) ? 1 << 16 : 1 << 12

        let file = try Self.read(bytes, options)
        if let file { try Self.judge(file, options, bytes, digits: Self.digits(of: bytes, file.encoding ?? .utf8)) }
        let again = try Self.read(
            bytes, options, pieceSize: Int.random(in: 1...200, using: &random), keepsCells: Bool.random(using: &random))
        if again?.payouts != file?.payouts || again?.findings != file?.findings || again?.digest != file?.digest {
            throw Violation(rule: "read twice, it is not the same", bytes: bytes)
        }
        if file?.isPayable == true { tally.payable += 1 } else { tally.faulty += 1 }
        tally.paidRows += file?.payouts.count ?? 0
    }

    /// Reads a workbook and holds it against the rules.
    ///
    /// - Parameter digits: all digits that are in it.
    static func judge(_ workbook: [UInt8], digits: String, _ tally: inout Tally) throws(Violation) {
        let options = PayrollText.november2026
        guard let file = try read(workbook, options) else { return }
        try judge(file, options, workbook, digits: digits)
        let again = try read(workbook, options, keepsCells: true)
        if again?.payouts != file.payouts || again?.findings != file.findings {
            throw Violation(rule: "read twice, it is not the same", bytes: workbook)
        }
        if file.isPayable { tally.payable += 1 } else { tally.faulty += 1 }
        tally.paidRows += file.payouts.count
    }

    /// `nil` for a file with a row that is too long: nothing of it is taken.
    private static func read(
        _ bytes: [UInt8], _ options: PayoutFileOptions, pieceSize: Int = FileBytes.pieceSize, keepsCells: Bool = false
    ) throws(Violation) -> Reading? {
        var rows: [ReadRow] = []
        do {
            let file = try PayoutFile.read(
                FileBytes(Data(bytes), pieceSize: pieceSize), name: "payroll.csv", options: options,
                keepsCells: keepsCells
            ) { rows.append($0) }
            return Reading(file: file, rows: rows)
        } catch is CSVReader.RowTooLong {
            return nil
        } catch {
            throw Violation(rule: "\(error)", bytes: bytes)
        }
    }
}

/// The result of reading a file, with each of its rows.
@dynamicMemberLookup private struct Reading {
    let file: PayoutFile
    let rows: [ReadRow]

    var payouts: [Payout] { rows.compactMap(\.payout) }

    subscript<Value>(dynamicMember path: KeyPath<PayoutFile, Value>) -> Value { file[keyPath: path] }
}

/// The rules.
extension FileFuzzer {
    private static let limit = Tiyin(90_000_000_000)

    private static func judge(
        _ reading: Reading, _ options: PayoutFileOptions, _ bytes: [UInt8], digits: String
    ) throws(Violation) {
        func demand(_ holds: Bool, _ rule: String) throws(Violation) {
            if !holds { throw Violation(rule: rule, bytes: bytes) }
        }
        let payouts = reading.payouts
        let sum = payouts.reduce(Int64(0)) { $0 + $1.amount.count }
        try demand(
            reading.totals == ControlTotals(rows: payouts.count, sum: Tiyin(sum)), "the totals are not the rows' sum")
        try demand(zip(payouts, payouts.dropFirst()).allSatisfy { $0.row < $1.row }, "two payouts of one row")
        let faulty = Set(reading.findings.filter { $0.severity == .error }.compactMap(\.row))
        for payout in payouts {
            try demand(!faulty.contains(payout.row), "row \(payout.row) is accepted in spite of an error")
            try demand(Self.keepsTheRules(payout, options), "row \(payout.row) breaks a rule")
            try demand(digits.contains(payout.card.digits), "the card of row \(payout.row) is not in the file")
            try demand(digits.contains(payout.account.digits), "the account of row \(payout.row) is not in the file")
        }
        let passedOver = Set(reading.passedOver.map(\.row))
        if reading.isPayable {
            let others = reading.rows.filter { $0.payout == nil && !passedOver.contains($0.row) }
            try demand(others.count == 1, "a payable file has rows of which nothing is said, besides its header")
        }
        for finding in reading.findings {
            let hides = PayrollText.cards.allSatisfy { !(finding.value ?? "").contains($0) }
            try demand(hides, "a card is shown in row \(finding.row ?? 0)")
        }
    }

    private static func keepsTheRules(_ payout: Payout, _ options: PayoutFileOptions) -> Bool {
        payout.account.digits.wholeMatch(of: /[0-9]{20}/) != nil
            && payout.bankCode.digits.wholeMatch(of: /[0-9]{5}/) != nil
            && payout.card.digits.wholeMatch(of: /[0-9]{16}/) != nil && passesLuhn(payout.card.digits)
            && (payout.expiry.year, payout.expiry.month) >= (2026, 11) && (1...12).contains(payout.expiry.month)
            && payout.amount > .zero && payout.amount <= options.maximumRow ?? payout.amount
    }

    private static func passesLuhn(_ card: String) -> Bool {
        let twice = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
        let digits = card.compactMap(\.wholeNumberValue)
        return digits.enumerated().reduce(0) { $0 + ($1.offset % 2 == 0 ? twice[$1.element] : $1.element) } % 10 == 0
    }

    /// All digits of the file, as Foundation reads it.
    private static func digits(of bytes: [UInt8], _ encoding: FileEncoding) -> String {
        let wide = encoding == .utf16LittleEndian ? 0 : encoding == .utf16BigEndian ? 1 : nil
        let narrow = wide.map { low in bytes.indices.filter { $0 % 2 == low }.map { bytes[$0] } } ?? bytes
        return String(decoding: narrow.filter { (48...57).contains($0) }, as: UTF8.self)
    }
}

/// The damage.
extension FileFuzzer {
    private static let pieces = [
        "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "=", "=\"", "'", " ", "-", ".", "0", "9", "1,234", "1.234",
        "E+15",
        "\u{A0}", "\u{202F}", "\u{2009}", "\u{200B}", "\u{FEFF}", "\u{301}", "\0", "#N/A", "#####", "Итого;;;;1",
        "Jami",
        "sep=;\n", "account,mfo,pan,exp,amount\n", "сумма", "٨", "８", "8600069195406311", "0330", "01183",
        "20208000900123456001,01183,8600069195406311,0330,150000\n",
    ]

    private func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(place + Int.random(in: 1...40, using: &random), bytes.count)
        switch Int.random(in: 0..<10, using: &random) {
        case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.removeSubrange(place...)
        case 5:
            let other = corpus.randomElement(using: &random) ?? []
            bytes = Array(bytes[..<place]) + other.suffix(Int.random(in: 0...other.count, using: &random))
        case 6 where place < bytes.count: bytes.remove(at: place)
        case 7:
            bytes.insert(
                contentsOf: Array(repeating: UInt8.random(in: 32...126, using: &random), count: (end - place) * 150),
                at: place)
        default: bytes.insert(contentsOf: Array((Self.pieces.randomElement(using: &random) ?? "").utf8), at: place)
        }
    }
}
