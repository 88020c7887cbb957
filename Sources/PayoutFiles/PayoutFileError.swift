package import Payouts

/// The reason why a payout file could not be read at all.
package enum PayoutFileError: Error, Hashable, Sendable {
    case notFound(path: String)
    case isDirectory(path: String)
    case unreadable(path: String, reason: String)
    case tooLarge(path: String, bytes: Int, limit: Int)
    /// A row is too long, so the file is not a table of payouts.
    case rowTooLong(path: String, row: Int, limit: Int)
    /// The file was changed between its check and its import.
    case changed(path: String)

    /// Returns the same error with the name that people know, instead of the path.
    package func of(_ name: String) -> PayoutFileError {
        switch self {
        case .notFound: .notFound(path: name)
        case .isDirectory: .isDirectory(path: name)
        case .unreadable(_, let reason): .unreadable(path: name, reason: reason)
        case .tooLarge(_, let bytes, let limit): .tooLarge(path: name, bytes: bytes, limit: limit)
        case .rowTooLong(_, let row, let limit): .rowTooLong(path: name, row: row, limit: limit)
        case .changed: .changed(path: name)
        }
    }

    /// The system's message, in English and for the administrator. `nil` if there is none.
    package var reason: String? {
        if case .unreadable(_, let reason) = self { reason } else { nil }
    }

    /// Describes the error and the next step.
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
            "Файл «\(path)» не найден. Проверьте имя файла и папку."
        case .isDirectory(let path):
            "«\(path)» — это папка, а не файл. Укажите файл CSV внутри неё."
        case .unreadable(let path, _):
            "Файл «\(path)» не удаётся открыть. Закройте его в Excel и попробуйте ещё раз; если не помогло, обратитесь к администратору."
        case .tooLarge(let path, let bytes, let limit):
            "Файл «\(path)» слишком большой: \(megabytes(bytes)) МБ, а лимит — \(megabytes(limit)) МБ. Разделите его на несколько файлов."
        case .rowTooLong(let path, let row, let limit):
            "Строка \(row) файла «\(path)» длиннее \(limit / 1024) КБ: это не таблица выплат. Проверьте, тот ли это файл, и сохраните таблицу заново в формате CSV UTF-8."
        case .changed(let path):
            "Файл «\(path)» изменился, пока его читали. Ничего не сохранено. Закройте его в Excel и загрузите ещё раз."
        }
    }

    private var uzbek: String {
        switch self {
        case .notFound(let path):
            "“\(path)” fayli topilmadi. Fayl nomi va papkasini tekshiring."
        case .isDirectory(let path):
            "“\(path)” — fayl emas, papka. Uning ichidagi CSV faylni ko‘rsating."
        case .unreadable(let path, _):
            "“\(path)” faylini ochib bo‘lmadi. Uni Excelda yopib, qayta urinib ko‘ring; yordam bermasa, administratorga murojaat qiling."
        case .tooLarge(let path, let bytes, let limit):
            "“\(path)” fayli juda katta: \(megabytes(bytes)) MB, limit — \(megabytes(limit)) MB. Uni bir nechta faylga bo‘ling."
        case .rowTooLong(let path, let row, let limit):
            "“\(path)” faylining \(row)-qatori \(limit / 1024) KB dan uzun: bu to‘lovlar jadvali emas. Kerakli fayl ekanini tekshiring va jadvalni CSV UTF-8 formatida qayta saqlang."
        case .changed(let path):
            "“\(path)” fayli o‘qilayotganda o‘zgardi. Hech narsa saqlanmadi. Uni Excelda yopib, qayta yuklang."
        }
    }

    private var english: String {
        switch self {
        case .notFound(let path):
            "There is no file “\(path)”. Check its name and folder."
        case .isDirectory(let path):
            "“\(path)” is a folder. Name the CSV file inside it."
        case .unreadable(let path, _):
            "The file “\(path)” cannot be opened. Close it in Excel and try again; if that does not help, ask the administrator."
        case .tooLarge(let path, let bytes, let limit):
            "The file “\(path)” is too large: \(megabytes(bytes)) MB, the limit is \(megabytes(limit)) MB. Split it into several files."
        case .rowTooLong(let path, let row, let limit):
            "Row \(row) of “\(path)” is longer than \(limit / 1024) KB: this is not a table of payouts. Check that it is the right file, and save the table again as CSV UTF-8."
        case .changed(let path):
            "The file “\(path)” changed while it was read. Nothing was saved. Close it in Excel and upload it again."
        }
    }
}

/// Returns megabytes, rounded up. So a size above a limit never looks equal to the limit.
private func megabytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }

extension PayoutFileError: CustomStringConvertible {
    package var description: String { message(in: .en) + (reason.map { " (\($0))" } ?? "") }
}
