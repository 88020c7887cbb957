package import Payouts

/// A fact that a person must know about a payout file before it is paid.
package struct Finding: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// The file cannot be paid.
        case error
        /// The file can be paid after a person has accepted the warning.
        case warning
    }

    package let problem: Problem
    /// The row's number in Excel. `nil` if the finding is about the whole file.
    package let row: Int?
    package let column: Column?
    /// The text of the field, at most 40 characters, with a card masked.
    package let value: String?
    /// The field's position in its row, counted from 0.
    package let position: Int?

    /// Makes a finding.
    /// - Parameter value: the field as it is in the file. It is masked here.
    package init(_ problem: Problem, row: Int? = nil, column: Column? = nil, value: String? = nil, position: Int? = nil)
    {
        self.problem = problem
        self.row = row
        self.column = column
        self.value = value.map { shownValue(column == .id ? PersonalNumber.masking($0) : $0, in: column) }
        self.position = position
    }

    package var severity: Severity { problem.severity }

    /// The letter of the field's column in Excel, such as `C`.
    package var letter: String? { position.map(Self.letter) }

    /// Returns the letter of a column, counted from 0.
    static func letter(of position: Int) -> String {
        let last = String(UnicodeScalar(UInt8(65 + position % 26)))
        return position < 26 ? last : letter(of: position / 26 - 1) + last
    }

    /// The mistake that findings of many rows may share.
    package struct Mistake: Hashable, Sendable {
        let code: String
        let position: Int?
        let column: Column?
    }

    package var mistake: Mistake { Mistake(code: problem.code, position: position, column: column) }

    /// Describes the problem.
    package func message(in language: Language) -> String {
        wording(in: language).message
    }

    /// Returns the advice.
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

/// The words about a problem in one language.
struct Wording {
    let message: String
    let advice: String

    init(_ message: String, _ advice: String) {
        self.message = message
        self.advice = advice
    }
}
