import MerchantAPI
import Payouts

/// Of each answer what may be seen. Times, ratios and the like stand only where the bank gave them.
extension ShownFields {
    /// Of a token only that there is one.
    init(_ grant: Grant) {
        self.init([
            ("token_type", .text(grant.tokenType)), ("scope", .text(grant.scope)),
            ("expires_in", .number(grant.lifetime.components.seconds)), ("access_token", .text("\(grant.access)")),
            ("refresh_token", .text(grant.refresh?.description)),
        ])
    }

    init(_ sent: SentOTP) {
        self.init([("id", .number(sent.id.number)), ("phoneMask", .text(sent.phoneMask))])
    }

    /// The last four characters, by which its owner knows it again.
    init(_ token: CardToken) {
        self.init([("token", .text("…" + (token.secret.count > 8 ? token.secret.suffix(4) : "")))])
    }

    init(_ cards: [UserCard]) {
        self.init([("cards", .list(cards.map(ShownFields.init)))])
    }

    private init(_ card: UserCard) {
        self.init([
            ("pan", .text(card.maskedPAN)), ("bankName", .text(card.bankName)), ("cardType", .text(card.cardType)),
            ("cardHolderName", .text(card.cardHolderName)),
        ])
    }

    init(_ bill: BillAnswer) {
        self.init([
            ("id", .number(bill.bill.number)), ("status", .text(bill.status)), ("amount", .money(bill.amount)),
            ("currency", .number(bill.currency)), ("account", .text(bill.account)),
            ("recipientShortName", .text(bill.recipientShortName)), ("extId", .text(bill.extID)),
            ("sessionId", .text(bill.sessionID)), ("amountRatio", .number(bill.amountRatio)),
            ("responseText", .text(bill.responseText)), ("requestTime", .text(bill.requestTime)),
            ("responseTime", .text(bill.responseTime)), ("gatewayName", .text(bill.gatewayName)),
            ("data", .text(bill.data)),
        ])
    }

    init(_ status: StatusAnswer) {
        self.init([
            ("id", .number(status.id)), ("status", .text(status.status.rawValue)), ("success", .flag(status.success)),
            ("amount", .money(status.amount)), ("currency", .number(status.currency)),
            ("responseText", .text(status.responseText)), ("data", .text(status.data)),
        ])
    }

    init(_ payout: PayoutAnswer) {
        self.init([
            ("agentTranId", .number(payout.agentTransactionID)), ("bmId", .number(payout.bmID)),
            ("statusMessage", .text(payout.statusMessage)), ("amount", .money(payout.amount)),
            ("currency", .number(payout.currency)), ("sender.commission", .decimal(payout.sender?.commission)),
            ("sender.commissionAmount", .money(payout.sender?.commissionAmount)),
            ("sender.EXT_ID", .text(payout.sender?.extID)), ("recipient.EXT_ID", .text(payout.recipient?.extID)),
        ])
    }
}
