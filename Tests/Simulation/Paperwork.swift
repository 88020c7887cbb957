import Fixtures
import Foundation
import Operations
import PaymentValues
import Payouts
import Sandbox

/// Remembers what people said about the batch. It is separate from the ledger, so that the payments at the bank can be
/// compared with it.
struct Paperwork: Sendable {
    /// The card and the amount of a row.
    struct Content: Hashable, Sendable {
        var card: CardNumber
        var amount: Tiyin
    }

    struct MadeCorrection: Sendable {
        let row: Int
        let by: String
        let content: Content
    }

    struct Approval: Sendable {
        let by: String
        let totals: ControlTotals
        /// The number of corrections that the approver knew.
        let corrections: Int
    }

    /// Who imported the file.
    var maker: String?
    /// Whether a person accepted the warnings of the file.
    private(set) var acceptsWarnings = false
    /// The cards of corrections whose warnings a person accepted.
    private var acceptedCards: Set<CardNumber> = []
    /// The corrections that a process was asked to make. It may have died before it reported them.
    var planned: [Int: MadeCorrection] = [:]
    private(set) var corrections: [MadeCorrection] = []
    private(set) var approvals: [Approval] = []
    /// The present content of each row.
    private(set) var contents: [Int: Content]
    private let file: [Int: Content]

    init(file: [Int: Content]) {
        self.file = file
        contents = file
    }

    var toPay: ControlTotals {
        ControlTotals(rows: contents.count, sum: Tiyin(contents.values.reduce(0) { $0 + $1.amount.count }))
    }

    /// Whether a person who made no part of the batch approved its present content.
    var isApproved: Bool {
        approvals.contains { approval in
            approval.totals == toPay && approval.corrections == corrections.count && !madeIt(approval.by)
        }
    }

    /// Whether a correction came after the last approval.
    var isApprovalVoid: Bool { !approvals.isEmpty && !isApproved }

    func madeIt(_ person: String) -> Bool {
        person == maker || corrections.contains { $0.by == person }
    }

    /// Whether nobody accepted the warning about this content.
    func isUnaccepted(_ content: Content) -> Bool {
        guard content.hasWarning else { return false }
        let isOfFile = file.values.contains { $0.card == content.card }
        return !(isOfFile ? acceptsWarnings : acceptedCards.contains(content.card))
    }

    /// The number of warnings that a person must be shown now, about the file and about the planned corrections.
    var openWarnings: Int {
        let ofFile = acceptsWarnings ? 0 : file.values.count(where: \.hasWarning)
        return ofFile
            + planned.values.count { $0.content.hasWarning && contents[$0.row]?.card != $0.content.card }
    }

    /// Accepts the warnings of the file, and those of the corrections that are planned now.
    mutating func acceptWarnings() {
        acceptsWarnings = true
        acceptedCards.formUnion(planned.values.map(\.content.card))
    }

    mutating func approve(as person: String) {
        approvals.append(Approval(by: person, totals: toPay, corrections: corrections.count))
    }

    mutating func correct(_ rows: [Int]) {
        corrections += rows.sorted().compactMap { planned[$0] }
        putIntoEffect()
    }

    /// Forgets acts that a crash undid, and learns the acts of a process that died before it reported them.
    ///
    /// - Parameters:
    /// - rows: the corrected rows in the ledger, in order.
    /// - approvals: the number of its approvals.
    ///   - hasAcceptedWarnings: whether it knows that a person accepted the warnings of the file.
    /// - Returns: a row whose correction nobody asked for.
    mutating func match(_ rows: [Int], approvals count: Int, hasAcceptedWarnings: Bool) -> Int? {
        if !hasAcceptedWarnings { acceptsWarnings = false }
        let isSame = zip(corrections, rows).prefix { $0.row == $1 }.count
        corrections.removeSubrange(isSame...)
        for row in rows[isSame...] {
            guard let correction = planned[row] else { return row }
            corrections.append(correction)
        }
        approvals.removeSubrange(min(count, approvals.count)...)
        planned = [:]
        putIntoEffect()
        return nil
    }

    private mutating func putIntoEffect() {
        contents = corrections.reduce(into: file) { $0[$1.row] = $1.content }
    }
}

/// Compares the payments of one process with those that the people who started it allowed.
final class Permission: @unchecked Sendable {
    // Accessed only from the loop's thread.
    var allowance = Allowance.nothing
    let limits: SendingRules.Limits
    private(set) var sent: [CardNumber: Tiyin] = [:]

    enum Allowance: Sendable {
        case nothing
        /// A person agreed beforehand to any content of the batch.
        case everything
        /// A person was shown these totals.
        case exactly(ControlTotals)
    }

    init(_ limits: SendingRules.Limits = .init()) {
        self.limits = limits
    }

    func take(_ content: Paperwork.Content) {
        sent[content.card] = content.amount
    }

    /// Whether more was sent than people agreed to.
    var isExceeded: Bool {
        switch allowance {
        case .nothing: !sent.isEmpty
        case .everything: false
        case .exactly(let totals):
            sent.count > totals.rows || sent.values.reduce(0) { $0 + $1.count } > totals.sum.count
        }
    }
}

extension Simulation {
    /// Compares one payment on its way to the bank with what people said.
    func judge(_ content: Paperwork.Content, by permission: Permission) {
        permission.take(content)
        guard paperwork.contents.values.contains(content) else {
            return violate("a payment was sent that no row says: \(content.card.masked), \(content.amount)")
        }
        if permission.isExceeded { violate("more was sent than a person agreed to: \(permission.allowance)") }
        if story.hasWarning && !paperwork.acceptsWarnings || paperwork.isUnaccepted(content) {
            violate("a payment was sent whose warnings nobody accepted")
        }
        if story.requiresApproval, !paperwork.isApproved {
            violate("a payment was sent without an approval of exactly this batch")
        }
        if let limit = permission.limits.row, content.amount > limit { violate("a row above its limit was sent") }
        if let limit = permission.limits.batch, paperwork.toPay.sum > limit {
            violate("a batch above its limit was sent")
        }
        checkDay(content, permission.limits.day)
    }

    private func checkDay(_ content: Paperwork.Content, _ limit: Tiyin?) {
        // After a loss or with a wrong clock, the ledger cannot know the sends of today.
        guard let limit, !isRebuilt, clockError == 0 else { return }
        let today = wallClock().timeIntervalSince1970 / 86_400
        let standing = bank.debits.filter { debit in
            debit.reversedAt == nil && debit.pan != content.card.digits
                && (debit.at.timeIntervalSince1970 / 86_400).rounded(.down) == today.rounded(.down)
        }
        if standing.reduce(content.amount.count, { $0 + $1.amountTiyin }) > limit.count {
            violate("more was sent than the day's limit")
        }
    }
}
