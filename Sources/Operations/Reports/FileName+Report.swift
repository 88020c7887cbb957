package import Payouts
package import Reports

extension FileName {
    /// Makes the name of a batch's report from the batch's name. For a workbook the report gets a different name than
    /// the workbook, because both may be in one folder.
    ///
    /// - Parameter fileName: the name of the payout file.
    package init(reportOn reference: BatchReference, ofFile fileName: String, _ format: ReportFormat) {
        let isWorkbook = fileName.lowercased().hasSuffix(".xlsx")
        self.init(reference.name, (isWorkbook ? ".report." : ".") + format.rawValue)
    }
}
