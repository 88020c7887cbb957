import MerchantAPI
import Payouts

/// An answer of the bank that is partly shown to people. Times, ratios and similar fields are shown only if the bank
/// gave them.
package protocol ShownAnswer: Sendable {
    var shown: AnswerFields { get }
}

/// Shows that a token was given, but not the token.
extension Grant: ShownAnswer {
    package var shown: AnswerFields {
        AnswerFields([
            ("token_type", .text(tokenType)), ("scope", .text(scope)),
            ("expires_in", .number(lifetime.components.seconds)), ("access_token", .text("\(access)")),
            ("refresh_token", .text(refresh?.description)),
        ])
    }
}

extension SentOTP: ShownAnswer {
    package var shown: AnswerFields {
        AnswerFields([("id", .number(id.number)), ("phoneMask", .text(phoneMask))])
    }
}

/// Shows the last four characters, so that the owner can recognize the token.
extension CardToken: ShownAnswer {
    package var shown: AnswerFields {
        AnswerFields([("token", .text("…" + (secret.count > 8 ? secret.suffix(4) : "")))])
    }
}

extension UserCard: ShownAnswer {
    package var shown: AnswerFields {
        AnswerFields([
            ("pan", .text(maskedPAN)), ("bankName", .text(bankName)), ("cardType", .text(cardType)),
            ("cardHolderName", .text(cardHolderName)),
        ])
    }
}

extension [UserCard]: ShownAnswer {
    package var shown: AnswerFields { AnswerFields([("cards", .list(map(\.shown)))]) }
}

extension BillAnswer: ShownAnswer {
    package var shown: AnswerFields {
        AnswerFields([
            ("id", .number(bill.number)), ("status", .text(status)), ("amount", .money(amount)),
            ("currency", .number(currency)), ("account", .text(account)),
            ("recipientShortName", .text(recipientShortName)), ("extId", .text(extID)),
            ("sessionId", .text(sessionID)), ("amountRatio", .number(amountRatio)),
            ("responseText", .text(responseText)), ("requestTime", .text(requestTime)),
            ("responseTime", .text(responseTime)), ("gatewayName", .text(gatewayName)), ("data", .text(data)),
        ])
    }
}

extension StatusAnswer: ShownAnswer {
    package var shown: AnswerFields {
        AnswerFields([
            ("id", .number(id)), ("status", .text(status.rawValue)), ("success", .flag(success)),
            ("amount", .money(amount)),
            ("currency", .number(currency)), ("responseText", .text(responseText)), ("data", .text(data)),
        ])
    }
}

extension PayoutAnswer: ShownAnswer {
    package var shown: AnswerFields {
        AnswerFields([
            ("agentTranId", .number(agentTransactionID)), ("bmId", .number(bmID)),
            ("statusMessage", .text(statusMessage)), ("amount", .money(amount)), ("currency", .number(currency)),
            ("sender.commission", .decimal(sender?.commission)),
            ("sender.commissionAmount", .money(sender?.commissionAmount)), ("sender.EXT_ID", .text(sender?.extID)),
            ("recipient.EXT_ID", .text(recipient?.extID)),
        ])
    }
}
