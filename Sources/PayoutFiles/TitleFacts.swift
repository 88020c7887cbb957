import PaymentValues

/// The account and the MFO of the paying company, from the titles above the header: `Р/с 2020… МФО 01183`.
struct TitleFacts {
    private(set) var accounts: [Fact<SettlementAccount>] = []
    private(set) var bankCodes: [Fact<BankCode>] = []
    private static let digitsOfAnAccount = 20
    /// The columns in which the row above has the label of an MFO.
    private var labels: Set<Int> = []

    struct Fact<Value: Hashable>: Hashable {
        let value: Value
        let row: Int
    }

    /// The only account that the titles name.
    var account: Fact<SettlementAccount>? { Set(accounts.map(\.value)).count == 1 ? accounts.first : nil }

    var bankCode: Fact<BankCode>? { Set(bankCodes.map(\.value)).count == 1 ? bankCodes.first : nil }

    mutating func take(_ fields: [String], row: Int) {
        for field in fields {
            let whole = field.split { !$0.isASCIIDigit }
            let grouped = field.split { !$0.isASCIIDigit && !$0.isWhitespace }.map { $0.filter(\.isASCIIDigit) }
            for digits in Set(whole.map(String.init) + grouped) where digits.utf8.count == Self.digitsOfAnAccount {
                do { accounts.append(Fact(value: try SettlementAccount(digits), row: row)) } catch { continue }
            }
        }
        takeBankCodes(fields, row: row)
    }

    private mutating func takeBankCodes(_ fields: [String], row: Int) {
        var below: Set<Int> = []
        var isLabelled = false
        for (place, field) in fields.enumerated() where !field.isEmpty {
            let digits = unwrapped(field)
            if isLabelled || labels.contains(place), digits.wholeMatch(of: /[0-9]{5}/) != nil {
                add(digits, row: row)
            }
            for match in field.matches(of: /(?i)(?:мфо|mfo|код банка|bank kodi)[^0-9]{0,8}([0-9]{5})(?![0-9])/) {
                add(String(match.output.1), row: row)
            }
            isLabelled = Self.isLabel(field)
            if isLabelled { below.insert(place) }
        }
        labels = below
    }

    private mutating func add(_ digits: String, row: Int) {
        do { bankCodes.append(Fact(value: try BankCode(digits), row: row)) } catch { return }
    }

    private static func isLabel(_ field: String) -> Bool { Column(header: field) == .mfo }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
