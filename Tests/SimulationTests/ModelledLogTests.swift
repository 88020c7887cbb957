import Testing

@testable import Simulation

/// Tests that the checker finds faults in event logs. `SimulationTests` show that it accepts the program's logs.
@Suite struct ModelledLogTests {
    /// Writes a log: each change of row 1 as its kind, states, id and reason.
    private static func log(_ changes: (String, String, String, Int64, String?)...) -> [ModelledLog.Event] {
        changes.map { kind, from, to, id, reason in
            ModelledLog.Event(row: 1, id: id, from: from, to: to, kind: kind, reason: reason)
        }
    }

    private static let lost = log(
        ("claimed", "queued", "sending", 7, nil), ("settled", "sending", "unknown", 7, "no_answer_in_time"))

    private static let resent =
        lost
        + log(
            ("askedAboutUnknown", "unknown", "queued", 7, "not_found_at_bank"), ("claimed", "queued", "sending", 7, nil)
        )

    private static let refused = log(
        ("claimed", "queued", "sending", 7, nil), ("settled", "sending", "refused", 7, "card_not_found"))

    private static let asksFirst = [ModelledLog.Event(kind: "asksFirst")]

    private static let possible: [[ModelledLog.Event]] = [
        lost + log(("askedAboutUnknown", "unknown", "paid", 7, nil)),
        resent + log(("settled", "sending", "unknown", 7, "card_not_found")),
        refused
            + log(
                ("askedBeforeRerun", "refused", "queued", 7, nil), ("claimed", "queued", "sending", 8, nil),
                ("settled", "sending", "paid", 8, nil)),
        lost
            + log(
                ("decided", "unknown", "refused", 7, nil),
                ("askedBeforeRerun", "refused", "queued", 7, "not_found_at_bank"),
                ("claimed", "queued", "sending", 7, nil)),
        log(
            ("claimed", "queued", "sending", 7, nil), ("settled", "sending", "unknown", 7, "interrupted"),
            ("askedAboutUnknown", "unknown", "review", 7, "not_found_at_bank")),
        asksFirst
            + log(
                ("askedBeforeSending", "queued", "refused", 7, "failed_at_bank"),
                ("attemptOfLostLedger", "refused", "queued", 7, nil), ("askedBeforeSending", "queued", "paid", 8, nil)),
        log(
            ("settled", "queued", "refused", 7, "ledger_was_set_back"), ("settled", "refused", "queued", 7, nil),
            ("settled", "queued", "unknown", 8, "ledger_was_set_back")),
    ]

    private static let impossible: [String: [ModelledLog.Event]] = [
        "a refusal of the second send": resent + log(("settled", "sending", "refused", 7, "card_not_found")),
        "no effect of the second send": resent + log(("settled", "sending", "queued", 7, "too_many_requests")),
        "a new id after a lost send": lost + log(("askedBeforeRerun", "unknown", "queued", 7, nil)),
        "another id without a rerun": lost + log(("askedAboutUnknown", "unknown", "paid", 8, nil)),
        "the old id after a refusal": refused
            + log(
                ("askedBeforeRerun", "refused", "queued", 7, nil), ("claimed", "queued", "sending", 7, nil)),
        "the same id after the bank's refusal": refused
            + log(("askedBeforeRerun", "refused", "queued", 7, "not_found_at_bank")),
        "a rerun without a question": refused + log(("claimed", "refused", "sending", 8, nil)),
        "a second claim": lost + log(("claimed", "unknown", "sending", 7, nil)),
        "an answer to a row that was not sent": log(("settled", "queued", "paid", 7, nil)),
        "a paid row that is sent again": log(
            ("claimed", "queued", "sending", 7, nil), ("settled", "sending", "paid", 7, nil),
            ("claimed", "paid", "sending", 7, nil)),
        "a row in flight that counts as not sent": log(
            ("claimed", "queued", "sending", 7, nil), ("settled", "sending", "queued", 7, "interrupted")),
        "an unknown row that is withdrawn": lost + log(("withdrawn", "unknown", "withdrawn", 7, nil)),
        "a row in doubt that is withdrawn": Array(resent.dropLast())
            + log(("withdrawn", "queued", "withdrawn", 7, nil)),
        "a row that is withdrawn unasked": asksFirst + log(("withdrawn", "queued", "withdrawn", 7, nil)),
        "a refusal where the bank is asked first": asksFirst + refused,
        "an event that nobody knows": log(("guessed", "queued", "paid", 7, nil)),
        "a state that does not follow": lost + log(("askedAboutUnknown", "review", "paid", 7, nil)),
    ]

    @Test(arguments: possible)
    func aLogOfTheModelIsAccepted(log: [ModelledLog.Event]) throws {
        #expect(try ModelledLog.faults(in: log) == [])
    }

    @Test(arguments: impossible)
    func aLogThatTheModelCannotWriteIsAFault(name: String, log: [ModelledLog.Event]) throws {
        #expect(try ModelledLog.faults(in: log).count == 1, "\(name)")
    }
}
