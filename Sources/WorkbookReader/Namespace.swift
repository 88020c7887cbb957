/// The namespaces of a workbook's parts. Each has two forms: Excel's form, and the form of ISO 29500 Strict.
enum Namespace {
    static let main = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
    ]
    /// The namespace of attributes that name a relationship, such as `r:id`.
    static let relationship = [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ]
    /// The namespace of the parts that list relationships.
    static let relationships = ["http://schemas.openxmlformats.org/package/2006/relationships"]
}
