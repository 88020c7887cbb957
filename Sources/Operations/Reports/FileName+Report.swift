package import Payouts
package import Reports

extension FileName {
    /// Names the report on a batch after the batch. The report on a workbook gets another name than the workbook: it may lie
    /// beside it.
    ///
    /// - Parameter fileName: the name of the payout file.
    package init(reportOn reference: BatchReference, ofFile fileName: String, _ format: ReportFormat) {
        let isWorkbook = fileName.lowercased().hasSuffix(".xlsx")
        self.init(reference.name, (isWorkbook ? ".report." : ".") + format.rawValue)
    }
}
