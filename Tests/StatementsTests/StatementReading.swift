import Statements
import WorkbookReader

extension StatementReader {
    static func read(
        _ bytes: [UInt8], pieceSize: Int = 1 << 16,
        _ each: @escaping (borrowing StatementLine) throws -> Void = { _ in }
    ) throws -> BankStatement {
        var reader = StatementReader(each: each)
        if bytes.starts(with: [0x50, 0x4B]) {
            try reader.take(.bytes(bytes), named: "statement.xlsx", scratchFolder: "/tmp")
            return try reader.finish()
        }
        var place = 0
        while place < bytes.count {
            try reader.take(Array(bytes[place..<min(place + pieceSize, bytes.count)]))
            place += pieceSize
        }
        return try reader.finish()
    }

    static func findings(_ bytes: [UInt8]) throws -> [StatementFinding] {
        do {
            _ = try read(bytes)
            return []
        } catch let rejected as StatementRejected {
            return rejected.findings
        }
    }
}

extension StatementMatching {
    static func agreement(_ statement: BankStatement, _ bytes: [UInt8], _ payouts: [LedgerPayout]) throws -> Agreement {
        var matching = StatementMatching(
            period: statement.period, lines: statement.lines, payouts: payouts.count, ids: payouts.count * 3)
        for payout in payouts { matching.add(payout) }
        let box = Box(matching)
        _ = try StatementReader.read(bytes) { box.value.take($0) }
        return try box.value.finish()
    }
}

final class Box<Value> {
    var value: Value

    init(_ value: Value) {
        self.value = value
    }
}
