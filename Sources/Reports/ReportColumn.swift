import Foundation
import PaymentValues
import Payouts

/// A column of the report's rows.
enum ReportColumn: CaseIterable {
    case row, attempt, rowKey, name, card, expiry, account, bankCode, amount, state, reason, advice, bmID, commission,
        commissionAmount
    case senderExtID, recipientExtID, agentTransactionID, sends, changedAt, onStatement

    /// The columns of the CSV report.
    static let ofCSV = allCases.filter { $0 != .attempt && $0 != .expiry }

    /// The width in characters.
    var width: Double {
        switch self {
        case .row: 8
        case .attempt: 9
        case .expiry: 14
        case .rowKey: 12
        case .name: 21
        case .card: 18
        case .account: 21
        case .bankCode: 7
        case .amount: 16
        case .state: 17
        case .reason: 23
        case .advice: 34
        case .bmID: 11
        case .commission: 16
        case .commissionAmount: 14
        case .senderExtID, .recipientExtID: 12
        case .agentTransactionID: 17
        case .sends: 9
        case .changedAt: 16
        case .onStatement: 20
        }
    }

    /// Whether long text wraps to a second line.
    var wraps: Bool { self == .reason || self == .advice || self == .name }

    /// Whether the column is hidden if all its cells are empty. People type into the column of expiries.
    var isOptional: Bool { self != .expiry }

    enum Value {
        case text(String)
        case number(Double)
        case money(Tiyin)
        case time(Date)
        case state(PayoutState)
        case none
    }

    func value(of row: StatementRow, in report: Report) -> Value {
        switch self {
        case .row: .number(Double(row.row))
        case .attempt: .number(Double(row.attempt))
        case .expiry: .none
        case .rowKey: Self.text(row.rowKey)
        case .name: Self.text(row.name)
        case .card: .text(row.maskedCard)
        case .account: .text(row.account.digits)
        case .bankCode: .text(row.bankCode.digits)
        case .amount: .money(row.amount)
        case .state: .state(row.state)
        case .reason: Self.text(row.reason.map(report.text(of:)))
        case .advice: Self.text(report.advice(on: row))
        case .bmID: Self.text(row.receipt.map { String($0.bmID) })
        case .commission: Self.text(row.receipt?.commission)
        case .commissionAmount: row.receipt?.commissionAmount.map(Value.money) ?? .none
        case .senderExtID: Self.text(row.receipt?.senderExtID)
        case .recipientExtID: Self.text(row.receipt?.recipientExtID)
        case .agentTransactionID: .text(row.id.description)
        case .sends: .number(Double(row.sends))
        case .changedAt: .time(row.changedAt)
        case .onStatement: Self.text(row.onStatement)
        }
    }

    private static func text(_ text: String?) -> Value {
        guard let text, !text.isEmpty else { return .none }
        return .text(text)
    }
}

/// Removes control characters, which a spreadsheet or a terminal would interpret.
func printable(_ text: String) -> String {
    if isPrintable(text) { return text }
    let scalars = text.unicodeScalars.map { scalar in
        scalar.value < 32 || (127..<160).contains(scalar.value) || scalar.value == 0xFFFE || scalar.value == 0xFFFF
            ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars)).prefix(1000).description
}

/// Returns whether the text's bytes show that it can stay unchanged. That is true for nearly every cell.
private func isPrintable(_ text: String) -> Bool {
    // 0xC2 begins the control characters beyond ASCII, but also some letters. 0xEF begins noncharacters, but also some
    // letters.
    var text = text
    return text.withUTF8 { bytes in
        unsafe bytes.count <= 1000 && bytes.allSatisfy { $0 >= 32 && $0 != 127 && $0 != 0xC2 && $0 != 0xEF }
    }
}
