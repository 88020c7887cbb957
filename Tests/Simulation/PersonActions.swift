import Bookkeeping
import Fixtures
import Foundation
import Operations
import PaymentValues
import PayoutFiles
import Payouts
import Processing
import Sandbox

/// Carries out what people do to a batch, each in a process of their own.
extension Simulation {
    /// Carries out an action between two lives of the program. If the journal turns out to be damaged, does what the
    /// program advises.
    func carryOut(_ action: Story.PersonAction, under life: Story.Life) async throws {
        do {
            try await tryToCarryOut(action, under: life)
        } catch LedgerError.journalUnusable, OperationError.ledger(.journalUnusable) {
            tally("recovered by a person")
            try recover()
        }
    }

    private func tryToCarryOut(_ action: Story.PersonAction, under life: Story.Life) async throws {
        switch action.kind {
        case .resolve, .withdraw, .approve: try decide(action.kind, under: life)
        case .loseLedger:
            note("the ledger is lost, and the file imported again")
            tally("ledger lost")
            try loseLedger(withJournal: false)
        case .loseLedgerAndJournal:
            note("ledger and journal are lost, and the file imported again")
            tally("ledger and journal lost")
            try loseLedger(withJournal: true)
        case .copy: try keepCopy()
        case .restore(let part): try restore(part)
        case .harmJournal(let isGone): try harmJournal(isGone: isGone)
        case .runDuplicate: try runDuplicate()
        case .changeMachine: try changeMachine()
        case .practise: try await practise()
        case .runElsewhere: try await runElsewhere(under: life)
        case .rerun: try await work(.rerun(correcting: nil), under: life)
        case .correct(let number):
            // Some people are asked, and see the warnings.
            let agreement = number.isMultiple(of: 2) ? nil : life.agreement
            try await work(.rerun(correcting: number), under: life, agreement: agreement)
        case .pay: try await work(.pay, under: life)
        case .audit: try await work(.reconcile(asksAboutPaid: true), under: life)
        case .dropAgain(let number):
            guard try placeOfFile() == .done else { return }
            if try drop(number.isMultiple(of: 2) ? Self.fileName : "payroll again.csv") { tally("dropped once more") }
        }
    }

    /// Lets a process do something from its start to its own end.
    private func work(
        _ work: Story.Work, under life: Story.Life, agreement: Story.Agreement? = nil
    ) async throws {
        guard try hasBatch() else { return }
        var calm = life
        calm.work = work
        calm.agreement = agreement ?? .beforehand(acceptsWarnings: true)
        calm.limits = .init()
        calm.end = .finishes
        calm.clockStep = nil
        calm.meanwhile = []
        try await SimulatedProcess(self, calm, seed: random.next()).live()
    }

    /// Does something that a person can do at any moment.
    func decide(_ kind: Story.PersonAction.Kind, under life: Story.Life) throws {
        guard try hasBatch() else { return }
        switch kind {
        case .resolve: try resolve()
        case .withdraw(let number): try withdraw(number)
        case .approve(let number): try approve(number)
        default: break
        }
    }

    private func resolve() throws {
        for row in try withLedger(who: "reviewer", reportRows) where row.state == .unknown || row.state == .review {
            guard let isPaid = truth(about: row) else { continue }
            try ResolveRow(context(of: "reviewer")).run(
                row.row, of: "payroll", isPaid: isPaid, note: "the bank's letter")
            note("a person: row \(row.row) is \(isPaid ? "paid" : "not paid")")
            tally(isPaid ? "resolved as paid" : "resolved as not paid")
        }
    }

    private func withdraw(_ number: Int) throws {
        let candidates = try withLedger(who: "reviewer", reportRows).filter {
            $0.state == .queued || $0.state == .refused
        }
        guard !candidates.isEmpty else { return }
        let row = candidates[number % candidates.count]
        do {
            try WithdrawRows(context(of: "reviewer")).run(row.row, of: "payroll", note: "left the company")
            note("a person withdraws row \(row.row)")
            tally("withdrawn")
        } catch {
            switch error {
            case .ledger(.mayBePaid), .ledger(.mayHaveBeenSentAgain): break
            default: throw error
            }
            tally("not withdrawn, for it may be paid")
        }
    }

    /// Lets the approver approve the totals of the approver's own papers.
    private func approve(_ number: Int) throws {
        guard story.requiresApproval else { return }
        let person = ["approver", "approver", "director", paperwork.maker ?? "maker"][number % 4]
        let isWrong = number.isMultiple(of: 7)
        let toPay = paperwork.toPay
        let stated = isWrong ? ControlTotals(rows: toPay.rows, sum: Tiyin(toPay.sum.count + 1)) : toPay
        let name = person + (number.isMultiple(of: 5) ? "@laptop" : "")
        do {
            let approval = ApproveBatch(context(of: name))
            try approval.run("payroll", as: stated, knowing: approval.corrections(of: "payroll").count)
            if isWrong { violate("a batch was approved as other totals") }
            if paperwork.madeIt(person) { violate("\(person) approved what \(person) made") }
            paperwork.approve(as: person)
            note("\(person) approves \(stated)")
            tally("approved")
        } catch {
            switch error {
            case .ledger(.otherTotals):
                if !isWrong, isAlone { violate("the ledger has other totals than people: \(stated)") }
                tally("approval of other totals refused")
            case .ledger(.alreadyApproved):
                if !paperwork.isApproved, isAlone { violate("\(person) has approved nothing of this form yet") }
                tally("second approval refused")
            case .ledger(.approverIsMaker):
                if !paperwork.madeIt(person), isAlone {
                    violate("\(person) made nothing of the batch, and may not approve it")
                }
                tally("approval by the maker refused")
            default: throw error
            }
        }
    }

    /// Lets the director approve. The director never makes a part of a batch.
    func approveIfNeeded() throws {
        guard story.requiresApproval, try hasBatch(), !paperwork.isApproved else { return }
        try approve(2)
    }

    /// Lets another person start to pay while a process works. The lock of the ledger or the inbox must stop one of
    /// them.
    func payMeanwhile(under life: Story.Life) async {
        let permission = Permission(life.limits)
        permission.allowance = .everything
        let network = SimulatedNetwork(for: self, under: permission, timeout: life.timeout, seed: random.next())
        let context = context(of: "colleague", under: life, through: network, seed: random.next()) { [self] event in
            if case .working = event { violate("two processes sent at the same time") }
        }
        do throws(OperationError) {
            if case .inbox = life.work {
                _ = try await Inbox(
                    context, folder: try InboxFolder(inboxPath), acceptsWarnings: false, settling: 30,
                    explain: { "\($0.reason)" }
                ).round()
            } else {
                _ = try await PayBatch(context, consent: .given(acceptingWarnings: false)).run(file.reference)
            }
        } catch {
            note("a second run ends: \(error)")
            switch error {
            case .ledger(.runnerBusy): tally("second run held off")
            case .anotherRound: tally("second round held off")
            default: break
            }
        }
    }

    /// Returns whether the bank's own books call a row paid. `nil` while that may still change.
    private func truth(about row: StatementRow) -> Bool? {
        if !bank.debits(of: row.id.number).isEmpty { return true }
        let sent = lastSent[row.id] ?? .zero
        return loop.now > sent + .seconds(10) + story.lateness ? false : nil
    }

    func reportRows(of ledger: Ledger) throws -> [StatementRow] {
        try ledger.report(on: try ledger.batch(named: "payroll").id) { batch in
            var rows: [StatementRow] = []
            try batch.forEachRow { rows.append($0) }
            return rows
        }
    }
}

// MARK: Corrections

extension Simulation {
    /// Chooses a refused row and its correction.
    func planCorrection(_ number: Int, by person: String, _ context: OperationContext) throws -> CorrectionFile? {
        let refused = try withLedger(who: "reviewer", reportRows).filter { $0.state == .refused }
        guard !refused.isEmpty else { return nil }
        let chosen = refused[number % refused.count].row
        var table: CorrectionFile?
        for row in refused.map(\.row) {
            guard var content = paperwork.contents[row], row == chosen || content.isBad else { continue }
            var fields: [Column: String] = [:]
            if content.isBad || number.isMultiple(of: 2) {
                cardsMade += 1
                // Some people correct a card to one of a kind that is rare here.
                content.card = Samples.card(50_000 + cardsMade, prefix: number % 3 == 1 ? Self.rarePrefix : "860049")
                fields = [.pan: content.card.digits, .exp: "0931"]
            } else {
                content.amount = Tiyin(content.amount.count - 100)
                fields = [.amount: String(content.amount.count)]
            }
            everSaid[row, default: []].insert(content)
            paperwork.planned[row] = Paperwork.MadeCorrection(row: row, by: person, content: content)
            note("\(person) corrects row \(row): \(content.card.masked), \(content.amount)")
            let entry = CorrectionFile.typed(fields, forRow: row, options: context.fileOptions)
            table = table?.adding(entry) ?? entry
        }
        return table
    }

    /// Takes the bank's answers about the rows of a rerun.
    func take(_ answers: [Int: Rerun.Answer]) {
        let corrected = answers.filter { $0.value == .queued && paperwork.planned[$0.key] != nil }.keys
        for row in corrected {
            tally("corrected")
            if paperwork.planned[row]?.content.hasWarning == true { tally("corrected in spite of a warning") }
        }
        let wasApproved = paperwork.isApproved
        paperwork.correct(Array(corrected))
        if wasApproved, !paperwork.isApproved { tally("approval voided by a correction") }
        for (row, answer) in answers.sorted(by: { $0.key < $1.key }) {
            note("row \(row) is to be paid again: \(answer)")
            switch answer {
            case .mustStayAsItIs, .takenBack(.review): leftOpen.insert(row)
            default: leftOpen.remove(row)
            }
            tally("rerun: \(answer.name)")
        }
    }

    func takeReversal(of row: Int) {
        note("row \(row): the bank took it back")
        tally("reversal noted")
    }

    /// Returns the question that a person sees before a process starts.
    func question(
        for table: CorrectionFile?, _ context: OperationContext, isRerun: Bool
    ) throws(OperationError) -> (totals: ControlTotals, warnings: Int) {
        if isRerun {
            let plan = try RerunRows(context).plan("payroll", correctedBy: table, where: nil)
            return (plan.totals, plan.warnings)
        }
        return try context.withLedger { ledger in
            let batch = try context.batch(named: "payroll", in: ledger)
            let remainder = try ledger.remainder(of: batch.id)
            return (
                try context.toSend(notSent: remainder.notSent, unknown: remainder.unknown), batch.unacceptedWarnings
            )
        }
    }
}

extension Rerun.Answer {
    /// For the tally.
    fileprivate var name: String {
        switch self {
        case .queued: "queued"
        case .takenBack(let state): "the bank says \(state)"
        case .tooEarly: "too early"
        case .notAsked: "not asked"
        case .mustStayAsItIs: "must stay"
        case .hasChanged: "has changed"
        }
    }
}

extension Paperwork.Content {
    /// Whether the bank refuses the card for good.
    var isBad: Bool { TestCard(pan: card.digits) != nil }

    /// Whether a person is warned about the card.
    var hasWarning: Bool { card.digits.hasPrefix(Simulation.rarePrefix) }
}
