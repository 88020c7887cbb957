/// A small workbook, as a program without a library would write it.
package enum WrittenWorkbook {
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// - Parameter sheets: the texts of their rows, from row 1 on. No text may need an escape.
    package static func bytes(_ sheets: [(name: String, rows: [[String]])]) -> [UInt8] {
        bytes(
            sheets: sheets.map { sheet in
                let rows = sheet.rows.map { row in
                    "<row>" + row.map { #"<c t="str"><v>\#($0)</v></c>"# }.joined() + "</row>"
                }
                return (sheet.name, rows.joined())
            })
    }

    /// - Parameter sheets: the XML of their rows.
    package static func bytes(sheets: [(name: String, rows: String)]) -> [UInt8] {
        let numbered = sheets.enumerated().map { (number: $0 + 1, sheet: $1) }
        let names = numbered.map { #"<sheet name="\#($0.sheet.name)" sheetId="\#($0.number)" r:id="s\#($0.number)"/>"# }
        var parts = [
            ("_rels/.rels", relationships([("w", "officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                #"<workbook xmlns="\#(main)" xmlns:r="\#(kinds)"><sheets>\#(names.joined())</sheets></workbook>"#
            ),
            (
                "xl/_rels/workbook.xml.rels",
                relationships(numbered.map { ("s\($0.number)", "worksheet", "sheet\($0.number).xml") })
            ),
        ]
        parts += numbered.map { number, sheet in
            (
                "xl/sheet\(number).xml",
                #"<worksheet xmlns="\#(main)"><sheetData>\#(sheet.rows)</sheetData></worksheet>"#
            )
        }
        return StoredZip.bytes(of: parts.map { ($0.0, Array($0.1.utf8)) })
    }

    private static func relationships(_ all: [(id: String, kind: String, target: String)]) -> String {
        let each = all.map { #"<Relationship Id="\#($0.id)" Type="\#(kinds)/\#($0.kind)" Target="\#($0.target)"/>"# }
        return #"<Relationships xmlns="\#(package)">\#(each.joined())</Relationships>"#
    }
}
