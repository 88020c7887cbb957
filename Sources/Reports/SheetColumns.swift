/// The columns of a sheet. The first ones fit a printed A4 page at 7 points or more. The others are on the screen only.
struct SheetColumns {
    let printed: [ReportColumn]
    let others: [ReportColumn]

    var all: [ReportColumn] { printed + others }

    /// Whether people type into the sheet.
    var isForTyping: Bool { printed.contains(.expiry) }

    /// The sheet with every row.
    static let ofRows = SheetColumns(
        printed: [
            .row, .rowKey, .name, .card, .account, .bankCode, .amount, .state, .reason, .bmID, .commissionAmount,
            .changedAt, .onStatement,
        ], others: [.advice, .commission, .senderExtID, .recipientExtID, .agentTransactionID, .sends])

    /// The sheet for corrections. A person types the right values over the refused ones and uploads the sheet again.
    /// Expiries are never shown. The empty column takes the expiry of a new card.
    static let toReview = SheetColumns(
        printed: [
            .row, .rowKey, .name, .card, .expiry, .account, .bankCode, .amount, .state, .reason, .advice,
        ],
        others: [
            .bmID, .commission, .commissionAmount, .senderExtID, .recipientExtID, .agentTransactionID, .sends,
            .changedAt,
        ])

    /// The sheet with every attempt at the rows that were tried more than once.
    static let ofAttempts = SheetColumns(
        printed: [
            .row, .attempt, .rowKey, .name, .card, .account, .bankCode, .amount, .state, .reason, .bmID,
            .agentTransactionID, .changedAt,
        ], others: [.commission, .commissionAmount, .senderExtID, .recipientExtID, .sends])
}
