/// The namespaces of a workbook's parts. Each has two forms: as Excel writes it, and as ISO 29500 Strict wants it.
enum Namespace {
    static let main = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ]
    /// Of attributes that name a relationship: `r:id`.
    static let relationship = [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ]
    /// Of the parts that list relationships.
    static let relationships = ["http://schemas.openxmlformats.org/package/2006/relationships"]
}
