package import PaymentValues
import PayoutFiles

/// Reads a bank's statement that comes in pieces, finds its format by itself, and checks it.
///
/// Lines are passed on before the statement is known to be sound. A statement that throws at its end must leave nothing
/// behind, so callers read a file twice: once to check it, and once to use its lines.
///
///     var reader = StatementReader { _ in }
///     while let piece = try file.next() { try reader.take(piece) }
///     let statement = try reader.finish()
package struct StatementReader {
    let checks: StatementChecks
    var reading = Reading.unknown(head: [])

    enum Reading {
        case unknown(head: [UInt8])
        case oneC(OneCReader)
        case csv(CSVStatementReader)
        case camt053(Camt053Reader)
        /// A workbook, read to its end.
        case workbook
    }

    /// - Parameter columnNames: returns the names that the bank of an account gives its columns.
    package init(
        columnNames: @escaping (SettlementAccount) throws -> ColumnNames = { _ in ColumnNames() },
        each: @escaping (borrowing StatementLine) throws -> Void
    ) {
        checks = StatementChecks(columnNames: columnNames, each: each)
    }

    /// - Throws: ``StatementRejected`` where so much is wrong that the rest is not worth reading; what the caller throws.
    package mutating func take(_ piece: [UInt8]) throws {
        guard !piece.isEmpty else { return }
        try rejecting {
            switch reading {
            case .unknown(var head):
                reading = .unknown(head: [])
                head += piece
                reading = .unknown(head: head)
                if head.count >= 64 { try begin(head) }
            case .oneC(var reader):
                reading = .unknown(head: [])
                try reader.take(piece)
                reading = .oneC(reader)
            case .csv(var reader):
                reading = .unknown(head: [])
                try reader.take(piece)
                reading = .csv(reader)
            case .camt053(let reader): try reader.take(piece)
            case .workbook: preconditionFailure("a workbook does not come in pieces")
            }
        }
    }

    /// - Throws: ``StatementRejected``
    package mutating func finish() throws -> BankStatement {
        if case .unknown(let head) = reading {
            guard !head.isEmpty else {
                try checks.find(.empty, at: nil)
                throw checks.rejection
            }
            try rejecting { try begin(head) }
        }
        let format: StatementFormat = try rejecting {
            switch reading {
            case .oneC(var reader):
                try reader.finish()
                return .oneC
            case .csv(var reader):
                try reader.finish()
                return .csv
            case .camt053(let reader):
                try reader.finish()
                return .camt053
            case .workbook: return .workbook
            case .unknown: return .csv
            }
        }
        return try checks.finish(format)
    }

    private mutating func begin(_ head: [UInt8]) throws {
        var text = head[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        while let first = text.first, [9, 10, 13, 32].contains(first) { text = text.dropFirst() }
        if text.starts(with: OneCReader.firstLine) {
            var reader = OneCReader(checks)
            try reader.take(head)
            reading = .oneC(reader)
        } else if text.first == UInt8(ascii: "<") {
            let reader = Camt053Reader(checks)
            try reader.take(head)
            reading = .camt053(reader)
        } else if text.contains(0), !text.starts(with: [0xFF, 0xFE]), !text.starts(with: [0xFE, 0xFF]) {
            try checks.find(.unknownFormat, at: nil)
            throw checks.rejection
        } else {
            var reader = CSVStatementReader(checks)
            try reader.take(head)
            reading = .csv(reader)
        }
    }

    func rejecting<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch is StatementChecks.RestIsWorthless {
            throw checks.rejection
        } catch let tooLong as LineSplitter.TooLong {
            try checks.find(.tooLong(limit: LineSplitter.longestLine), at: tooLong.place)
            throw checks.rejection
        } catch let tooLong as CSVReader.RowTooLong {
            try checks.find(.tooLong(limit: CSVStatementReader.longestRow), at: tooLong.row)
            throw checks.rejection
        }
    }
}
