package import PaymentValues
package import PayoutFiles
package import Payouts

/// The totals of a file or batch, as lines for a terminal.
package struct TotalsText {
    package let text: String

    package init(_ title: String, _ totals: ControlTotals, accounts: [SettlementAccount]) {
        let shown = accounts.prefix(10).map(\.digits).joined(separator: ", ")
        text = """
            \(title)
              rows:     \(totals.rows)
              sum:      \(totals.sum) so‘m (\(totals.sum.count) tiyin)
              accounts: \(shown)\(accounts.count > 10 ? ", …" : "")
            """
    }

    package init(of file: PayoutFile) {
        let title = "file \(file.name.showingAll)" + (file.isPayable ? "" : ", only its rows without errors")
        var lines = [TotalsText(title, file.totals, accounts: file.accounts).text]
        let ignored =
            file.ignoredColumns.isEmpty ? "" : ", columns not used: \(file.ignoredColumns.joined(separator: ", "))"
        if let open = file.openUnit {
            lines.append("  in so‘m:  \(open.som) so‘m, if the amounts are in so‘m (--unit som)")
            if let tiyin = open.tiyin {
                lines.append("  in tiyin: \(tiyin) so‘m, if the amounts are in tiyin (--unit tiyin)")
            }
        }
        lines.append("  read as:  \(Self.text(of: file.format))\(ignored)")
        if !file.passedOver.isEmpty {
            let rows = file.passedOver.prefix(10).map { "row \($0.row) (\(Self.text(of: $0.kind)))" }
            let more = file.passedOver.count > 10 ? ", …" : ""
            lines.append("  no payouts: \(rows.joined(separator: ", "))\(more)")
        }
        text = lines.joined(separator: "\n")
    }

    private static func text(of format: PayoutFileFormat) -> String {
        switch format {
        case .text(let encoding, let delimiter): "\(encoding.rawValue), delimiter \(delimiter)"
        case .other: "no table"
        case .workbook(let sheet): "Excel workbook" + (sheet.map { ", sheet “\($0)”" } ?? "")
        }
    }

    private static func text(of kind: PassedOver.Kind) -> String {
        switch kind {
        case .title: "a title"
        case .secondHeader: "a second header"
        case .total(agrees: true): "the total, which agrees"
        case .total(agrees: false): "a total without a sum"
        case .note: "a note"
        }
    }
}
