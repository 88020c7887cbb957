/// 1C's register of salaries for the bank: an XML file with the root `СчетаПК`. It has people's accounts at the bank,
/// but neither cards nor expiries. An importer for it would begin here.
enum OneCRegister {
    /// How much of a file is looked at.
    static let headLength = 4096

    /// - Parameter head: the first bytes of a file.
    /// - Returns: the problem, if the file is such a register, or another XML file.
    static func problem(in head: [UInt8]) -> Problem? {
        var decoder = FileDecoder()
        let text: String
        do {
            text = trimmed(String(decoding: try decoder.decode(head, isLast: head.count < headLength), as: UTF8.self))
        } catch {
            return nil
        }
        guard text.hasPrefix("<") else { return nil }
        let isRegister = elements.contains { text.contains("<\($0)") }
        if isRegister { return .oneCRegister }
        return text.hasPrefix("<?xml") || text.hasPrefix("<!--") ? .otherXML : nil
    }

    private static let elements = ["СчетаПК", "ЗачислениеЗарплаты", "ЛицевойСчет", "ОткрытиеСчетов"]
}
