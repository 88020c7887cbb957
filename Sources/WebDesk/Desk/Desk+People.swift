import Bookkeeping
import Hummingbird
import Operations
import PaymentValues
import Payouts
import Reports

/// The search for a person in all batches, and the slip of one payout.
extension Desk {
    func addPeople(to router: Router<DeskContext>) {
        router.get("people") { request, context in
            let user = try context.signedIn().user
            // A full card number must not stay in the address.
            guard request.isShownAsAsked else { return self.redirect(to: request.place.address()) }
            let (text, w) = (request.query["q"] ?? "", context.wording)
            let page = try await self.offload { try self.peoplePage(text, for: user, w) }
            return self.page("people", w("findPerson"), page, for: request, context)
        }
        router.get("batches/:batch/rows/:row/slip") { request, context in
            _ = try context.signedIn()
            guard let row = context.parameters.get("row", as: Int.self) else { throw DeskRefusal.notFound }
            let (batch, w) = (try self.batch(context), context.wording)
            let page = try await self.offload { try self.slipPage(row, of: batch, w) }
            return self.page("slip", page.title, page, for: request, context)
        }
    }

    private struct PeoplePage {
        let searched: String
        let isSearched, hasPayouts: Bool
        let countText: String
        let payouts: [Line]

        struct Line {
            let rowHref, batchHref, recipient, batchName, card, amount, state, kind, changedAt, bmID: String
            let number: Int
        }
    }

    /// Returns the batches that this user approves. Their rows would tell how many payouts there are.
    private func batchesToApprove(by user: User) throws -> Set<BatchID> {
        guard user.role == .checker else { return [] }
        try statements.refresh(from: ledger)
        return Set(
            try ledger.batches().map(\.id).filter { batch in
                let statement = try statements.statement(of: batch, in: ledger)
                return try statement.lacksApproval(operations.approvalsNeeded(for: statement))
            })
    }

    private func peoplePage(_ text: String, for user: User, _ w: Wording) throws -> PeoplePage {
        let found = try people.find(text, in: ledger, without: batchesToApprove(by: user))
        let states = words(w.language)
        return PeoplePage(
            searched: text, isSearched: !text.isEmpty, hasPayouts: found.count > 0,
            countText: found.count > found.payouts.count
                ? w("foundMany", count: found.count, ["shown": Figures.number(found.payouts.count)])
                : w("found", count: found.count),
            payouts: found.payouts.map { payout in
                let path = Self.path(payout.batch)
                return .init(
                    rowHref: "\(path)/rows/\(payout.row)", batchHref: path,
                    recipient: payout.name ?? payout.rowKey.map(PersonalNumber.masking) ?? payout.maskedCard,
                    batchName: payout.batch.name, card: payout.maskedCard, amount: Figures.amount(payout.amount),
                    state: states.state(payout.state), kind: payout.state.rawValue,
                    changedAt: figures.dateTime(payout.changedAt), bmID: payout.bmID.map(String.init) ?? "",
                    number: payout.row)
            })
    }

    private struct SlipPage {
        let title, href, rowHref, name: String
        let number: Int
        let state, kind, amount, amountInWords: String
        let facts: [Fact]
    }

    private func slipPage(_ number: Int, of batch: BatchRecord, _ w: Wording) throws -> SlipPage {
        let row = try ledger.report(on: batch.id) { try $0.row(number) }
        let path = Self.path(batch.reference)
        var facts: [Fact] = []
        func add(_ key: String, _ value: String?) {
            if let value { facts.append(Fact(name: w(key), value: value)) }
        }
        add("recipient", row.name)
        add("card", row.maskedCard)
        add("batch", batch.reference.name)
        add("row", String(row.row))
        add("slip.at", figures.dateTime(row.changedAt))
        add("slip.sender", batch.senderName)
        add("senderAccount", row.account.digits)
        add("bank", batch.bank.map(words(w.language).nameOfBank))
        facts.append(Fact(name: "agentTranId", value: row.id.description))
        if let receipt = row.receipt { facts.append(Fact(name: "bmId", value: String(receipt.bmID))) }
        return SlipPage(
            title: w("slip.title"), href: path, rowHref: "\(path)/rows/\(row.row)", name: batch.reference.name,
            number: row.row, state: words(w.language).state(row.state), kind: row.state.rawValue,
            amount: Figures.amount(row.amount),
            amountInWords: AmountInWords(row.amount, in: w.language).text.firstUppercased, facts: facts)
    }
}
