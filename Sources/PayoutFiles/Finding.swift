package import Payouts

/// One thing that a person should know about a payout file before it is paid.
package struct Finding: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// The file cannot be paid.
        case error
        /// The file can be paid once a person has agreed.
        case warning
    }

    package let problem: Problem
    /// The number that Excel shows beside the row; `nil` where the whole file is meant.
    package let row: Int?
    package let column: Column?
    /// What stands in the field, at most 40 characters, a card masked.
    package let value: String?
    /// The field's place in its row, from 0.
    package let position: Int?

    /// - Parameter value: The field as it stands in the file; it is masked here.
    package init(_ problem: Problem, row: Int? = nil, column: Column? = nil, value: String? = nil, position: Int? = nil)
    {
        self.problem = problem
        self.row = row
        self.column = column
        self.value = value.map { shownValue($0, in: column) }
        self.position = position
    }

    package var severity: Severity { problem.severity }

    /// The letter that Excel shows above the field: `C`.
    package var letter: String? { position.map(Self.letter) }

    /// The letter of a column, counted from 0.
    static func letter(of position: Int) -> String {
        let last = String(UnicodeScalar(UInt8(65 + position % 26)))
        return position < 26 ? last : letter(of: position / 26 - 1) + last
    }

    /// What findings of many rows may have in common.
    package struct Mistake: Hashable, Sendable {
        let code: String
        let position: Int?
        let column: Column?
    }

    package var mistake: Mistake { Mistake(code: problem.code, position: position, column: column) }

    /// What is wrong.
    package func message(in language: Language) -> String {
        wording(in: language).message
    }

    /// What to do.
    package func advice(in language: Language) -> String {
        wording(in: language).advice
    }

    private func wording(in language: Language) -> Wording {
        switch language {
        case .ru: problem.russian
        case .uz: problem.uzbek
        case .en: problem.english
        }
    }
}

/// What is said of a problem in one language.
struct Wording {
    let message: String
    let advice: String

    init(_ message: String, _ advice: String) {
        self.message = message
        self.advice = advice
    }
}
