import Payouts

extension Words {
    static let english = Words(
        summary: "Summary", rows: "Rows", toReview: "To review",
        title: "Payout report", closingProof: "Closing proof", part: "Part", rowCount: "Rows", sumInSom: "Sum, so'm",
        total: "All parts together", fileTotal: "The file", addsUp: "It adds up: the parts are the file.",
        addsUpCorrected: "It adds up: the parts are the file with its corrections.",
        doesNotAddUp: "IT DOES NOT ADD UP. Do not use this ledger; keep it and ask for help.",
        commission: "Commission (commissionAmount as the bank sent it), so'm", file: "File", digest: "File's SHA-256",
        reference: "Batch", bank: "Bank", notSentYet: "nothing has been sent yet",
        practiceBank: "practice bank, no money was moved", ledgerHead: "Ledger's check code",
        accounts: "Sender's accounts",
        imported: "Imported", made: "Report made", pause: "Paused", by: "by",
        runAgain: "Run the batch again when the cause is gone; the rows that are not sent are untouched.",
        page: "Page", of: "of",
        warnings: "Warnings of the file", accepted: "accepted", notAccepted: "not accepted yet",
        nothingToReview: "No row waits for a person.",
        remedies: [
            .runAgain: "TO BE RUN AGAIN once the cause is gone: payout rerun BATCH --rows …",
            .correct:
                "TO BE CORRECTED FIRST: payout rerun BATCH --corrections FILE, with the report's sheet “To review” as CSV",
            .settle: "TO BE SETTLED WITH THE BANK FIRST: do not pay these another way",
        ],
        attempts: "Attempts", corrections: "Corrected by people: rows, and change of the sum",
        toPay: "The file with its corrections", approval: "Approved by", approvalMissing: "nobody yet: nothing is sent",
        columns: [
            .row: "Row", .attempt: "Attempt", .expiry: "Expiry, MMYY", .rowKey: "Your key", .name: "Recipient",
            .card: "Card", .account: "Sender's account",
            .bankCode: "MFO", .amount: "Amount, so'm", .state: "State", .reason: "Reason", .advice: "What to do",
            .bmID: "bmId", .commission: "commission", .commissionAmount: "commission-Amount, tiyin",
            .senderExtID: "Sender's EXT_ID", .recipientExtID: "Recipient's EXT_ID",
            .agentTransactionID: "agentTranId", .sends: "Times sent", .changedAt: "Time",
        ],
        states: [
            .queued: "not sent", .sending: "unknown", .paid: "paid", .refused: "refused", .unknown: "unknown",
            .review: "for review", .withdrawn: "withdrawn",
        ],
        stateAdvice: [
            .queued: "Run the batch again.",
            .sending: "Do not pay it another way: a request may be on its way. Run the batch again.",
            .refused: "Find the cause with the recipient or the bank, and run the row again: payout rerun.",
            .unknown: "Do not pay it another way: it may be paid. Ask the bank with payout reconcile.",
            .review: "Do not pay it another way: settle with the bank, by the agentTranId, whether it was paid.",
        ],
        reasonAdvice: [
            "failed_at_bank": "The bank says that the payout failed. Ask it why before the row is paid anew.",
            "reversed_at_bank":
                "The bank took the payout back: the money is on the account again. Pay it in a new file if it is still owed.",
        ],
        warningKinds: [
            .samePayment: "same card and amount twice in the file",
            .paidBefore: "same card and amount in another batch of the last 40 days",
            .unknownCardPrefix: "card with an unusual beginning", .amountFarOff: "amount far off the others",
            .otherCurrency: "account in another currency", .accountEndsInZeros: "account that ends in 00000",
            .unitNotSaid: "unit of the amounts not said",
        ],
        reasons: [
            "bank_unreachable": "The bank could not be reached", "sign_in_refused": "The bank refused the login",
            "too_many_requests": "The bank asked to slow down", "no_answer_in_time": "No answer in time",
            "connection_lost": "The connection broke while the answer was awaited",
            "answer_not_trusted": "The bank’s answer contradicts itself or cannot be read",
            "answer_not_catalogued": "The bank answered with something that is not in its catalogue",
            "interrupted": "The program ended while the request was on its way",
            "redirected": "The bank answered with a redirect, which is not followed",
            "in_progress": "The bank is still at it", "not_found_at_bank": "The bank does not know the payout",
            "failed_at_bank": "The bank says that the payout was not made",
            "unclear_at_bank": "What the bank says must be settled by people",
            "too_many_unknown": "Too many answers in a row were lost",
            "too_many_refused": "Too many rows in a row were refused for one cause",
            "reversed_at_bank": "Paid, and taken back by the bank since", "decided_by_person": "Decided by a person",
            "withdrawn_by_person": "Withdrawn by a person",
            "ledger_was_set_back": "The ledger was set back; the row had been sent",
            "ledger_failed": "The ledger could not be written", "stopped_by_person": "Stopped by a person",
        ])
}
