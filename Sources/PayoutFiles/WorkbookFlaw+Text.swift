import WorkbookReader

/// What is wrong with a workbook that no program writes by accident.
extension WorkbookError.Flaw {
    var english: String {
        switch self {
        case .duplicateEntry: "The Excel file has two parts of the same name."
        case .pathEscape: "The Excel file has a part with a forbidden name."
        case .wrongSize: "A part of the Excel file is not as long as the file says."
        case .bomb: "The Excel file expands to far more than its size."
        case .entities: "The Excel file defines XML entities."
        }
    }

    var russian: String {
        switch self {
        case .duplicateEntry: "В файле Excel две части с одинаковым именем."
        case .pathEscape: "В файле Excel есть часть с недопустимым именем."
        case .wrongSize: "Длина одной из частей файла Excel не та, что в нём указана."
        case .bomb: "Файл Excel при распаковке становится во много раз больше."
        case .entities: "В файле Excel объявлены сущности XML."
        }
    }

    var uzbek: String {
        switch self {
        case .duplicateEntry: "Excel faylida bir xil nomli ikkita qism bor."
        case .pathEscape: "Excel faylida taqiqlangan nomli qism bor."
        case .wrongSize: "Excel fayli qismining uzunligi ko‘rsatilganidan boshqacha."
        case .bomb: "Excel fayli ochilganda o‘z hajmidan ko‘p marta kattalashadi."
        case .entities: "Excel faylida XML obyektlari e’lon qilingan."
        }
    }
}

/// The names of sheets as a sentence lists them: “May”, “June”. At most five.
func quoted(_ names: [String]) -> String {
    names.prefix(5).map { "“\(shownValue($0, in: nil))”" }.joined(separator: ", ") + (names.count > 5 ? ", …" : "")
}
