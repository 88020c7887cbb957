import AnorBank
import Foundation
import Logging
import MerchantAPI
import Payouts
import ProgramSettings

/// Calls one bank method for a person. It asks for consent, makes the call, and prints the answer or the error.
struct BankCall: Sendable {
    let method: String
    let program: Composition
    let bank: BankSettings
    let printsJSON: Bool

    /// The way to find out later whether a call without an answer took effect.
    enum Trace {
        /// The call has no effect.
        case none
        /// The call asks for the status of a payment.
        case statusQuery
        /// The person can check the effect as advised.
        case something(advice: String)
        /// The status of a bill shows the effect.
        case bill(BillID)
        /// The status of a transaction shows the effect.
        case transaction(AgentReference)

        var effect: CallOutcome.Effect {
            switch self {
            case .none: .none
            case .statusQuery: .statusQuery
            case .something, .bill, .transaction: .change
            }
        }

        func advice(after outcome: CallOutcome) -> String? {
            switch (outcome, self) {
            case (.signInRefused, _): "check PAYOUT_BANK_USERNAME and PAYOUT_BANK_PASSWORD"
            case (.unknown, .statusQuery):
                "this proves nothing while a request may still be in flight: ask again later, and resend nothing until you know"
            case (.unknown, .something(let advice)): advice
            case (.unknown, _):
                command.map { "money may have moved: do not send it again; check with “\($0)”" }
            // If an earlier send got no answer, the refusal of a repeat says nothing about the earlier send.
            case (.refused, _):
                command.map {
                    "this is about this send only: if you sent it before, check the earlier one with “\($0)”"
                }
            case (.unreachable, _), (.tooManyRequests, _): nil
            }
        }

        /// The command that asks the bank for the status, if there is one.
        private var command: String? {
            switch self {
            case .none, .statusQuery, .something: nil
            case .bill(let bill): "payout bank status --bill-id \(bill)"
            case .transaction(let reference): "payout bank status --agent-tran-id \(reference)"
            }
        }
    }

    /// Asks the person to confirm the action, unless `--yes` is given.
    ///
    /// - Throws: ``CommandError`` if nobody confirms. Then nothing was sent.
    func agree(to action: String, _ money: MoneyOptions) throws {
        if money.yes { return }
        switch program.console.confirm("\(action) at \(bank.address.identity)?") {
        case true?: return
        case false?: throw CommandError(.paused, "nothing was sent")
        case nil:
            throw CommandError(
                .wrongUse, "there is no terminal to ask: add --yes to send without a question. Nothing was sent")
        }
    }

    /// Calls the bank and prints the answer.
    ///
    /// - Parameters:
    ///   - trace: the way to find out whether the call took effect.
    ///   - work: the call.
    /// - Throws: ``CommandError`` if the bank does not answer with success.
    func send<Answer: ShownAnswer>(
        leaving trace: Trace = .none,
        _ work: @escaping @Sendable (MerchantClient) async throws -> Answer
    ) async throws -> ExitStatus {
        if bank.address.isExposed {
            program.logger.warning(
                "the bank's address is plain http: others on the network can read cards and the password")
        }
        let client = try bank.client(timeout: program.settings.requestTimeout, connections: 1)
        let result: Result<Answer, any Error>
        do {
            result = .success(try await untilSignalled { try await work(client) })
        } catch {
            result = .failure(error)
        }
        do {
            try await client.shutdown()
        } catch {
            // Still print the result of the call.
            program.logger.warning("the connections to the bank could not be closed: \(error)")
        }
        do {
            return try tell(result.get().shown)
        } catch let error as MerchantError {
            return try tell(error, CallOutcome(of: error, trace.effect), trace)
        }
    }

    /// Ends the call at the first signal. The call then fails like one without an answer, so that the person learns
    /// what may have happened.
    private func untilSignalled<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
        let working = Task { try await work() }
        let signals = StopOnSignal { [console = program.console] earlier in
            if earlier > 0 { _exit(ExitStatus.someUnsettled.rawValue) }
            console.say("ending the wait for the bank; press Ctrl-C again to quit now")
            working.cancel()
        }
        defer { signals.end() }
        return try await working.value
    }

    private func tell(_ fields: AnswerFields) throws -> ExitStatus {
        program.console.result(
            printsJSON ? try JSONText.of(CallDocument(method, answer: fields)) : fields.text)
        return .everyRowPaid
    }

    private func tell(_ error: MerchantError, _ outcome: CallOutcome, _ trace: Trace) throws -> ExitStatus {
        let language = program.settings.language
        let advice = trace.advice(after: outcome)
        if printsJSON {
            program.console.result(
                try JSONText.of(CallDocument(method, outcome, error: error, in: language, advice: advice)))
        }
        throw CommandError(
            ExitStatus(outcome), [error.cause.text(in: language), advice].compactMap { $0 }.joined(separator: "; "))
    }
}

extension ExitStatus {
    fileprivate init(_ outcome: CallOutcome) {
        self =
            switch outcome {
            case .refused: .someRefused
            case .signInRefused: .configuration
            case .unreachable: .bankUnreachable
            case .tooManyRequests: .paused
            case .unknown: .someUnsettled
            }
    }
}
