import Payouts

/// Why a payout file could not be read at all.
package enum PayoutFileError: Error, Hashable, Sendable {
    case notFound(path: String)
    case isDirectory(path: String)
    case unreadable(path: String, reason: String)
    case tooLarge(path: String, bytes: Int, limit: Int)

    /// What happened and what to do.
    package func message(in language: Language) -> String {
        switch language {
        case .ru: russian
        case .uz: uzbek
        case .en: english
        }
    }

    private var russian: String {
        switch self {
        case .notFound(let path):
            "Файл «\(path)» не найден. Проверьте имя и папку."
        case .isDirectory(let path):
            "«\(path)» — это папка, а не файл. Укажите файл CSV внутри неё."
        case .unreadable(let path, let reason):
            "Файл «\(path)» не читается (\(reason)). Закройте его в других программах и проверьте права доступа."
        case .tooLarge(let path, let bytes, let limit):
            "Файл «\(path)» слишком большой: \(bytes) байт при пределе \(limit). Разделите его на несколько файлов."
        }
    }

    private var uzbek: String {
        switch self {
        case .notFound(let path):
            "“\(path)” fayli topilmadi. Fayl nomi va papkasini tekshiring."
        case .isDirectory(let path):
            "“\(path)” — fayl emas, papka. Uning ichidagi CSV faylni ko‘rsating."
        case .unreadable(let path, let reason):
            "“\(path)” faylini o‘qib bo‘lmadi (\(reason)). Uni boshqa dasturlarda yoping va ruxsatlarni tekshiring."
        case .tooLarge(let path, let bytes, let limit):
            "“\(path)” fayli juda katta: \(bytes) bayt, chegara — \(limit). Uni bir nechta faylga bo‘ling."
        }
    }

    private var english: String {
        switch self {
        case .notFound(let path):
            "There is no file “\(path)”. Check its name and folder."
        case .isDirectory(let path):
            "“\(path)” is a folder. Name the CSV file inside it."
        case .unreadable(let path, let reason):
            "The file “\(path)” cannot be read (\(reason)). Close it in other programs and check its permissions."
        case .tooLarge(let path, let bytes, let limit):
            "The file “\(path)” is too large: \(bytes) bytes, the limit is \(limit). Split it into several files."
        }
    }
}

extension PayoutFileError: CustomStringConvertible {
    package var description: String { message(in: .en) }
}
