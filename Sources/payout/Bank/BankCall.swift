import AnorBank
import Foundation
import MerchantAPI
import Payouts

/// One method of the bank, called by hand: what the person gives and agrees to, and what is told of it.
struct BankCall: Sendable {
    let method: String
    let program: Composition
    let bank: BankSettings
    let printsJSON: Bool

    /// What a call leaves behind where nobody knows whether it was done.
    enum Trace {
        /// It only asked: nothing.
        case none
        /// It asked what became of a payment.
        case statusQuery
        /// Something that a person can look for.
        case something(advice: String)
        /// A bill that the bank can be asked about.
        case bill(BillID)
        case transaction(AgentReference)

        func effect(mayBeDone: Bool) -> CallOutcome.Effect {
            switch self {
            case .none: .none
            case .statusQuery: .statusQuery
            case .something, .bill, .transaction: .change(mayBeDone: mayBeDone)
            }
        }

        func advice(after outcome: CallOutcome) -> String? {
            switch (outcome, self) {
            case (.signInRefused, _): "check PAYOUT_BANK_USERNAME and PAYOUT_BANK_PASSWORD"
            case (.unknown, .statusQuery):
                "this proves nothing while a request may still be on its way: ask again later, and send nothing again until you know"
            case (.unknown, .something(let advice)): advice
            case (.unknown, _):
                command.map { "money may have moved: do not send it again; ask with “\($0)” what became of it" }
            // A person who sent it before, without an answer, would else take a refused repeat for the end of both.
            case (.refused, _):
                command.map {
                    "this is about this sending and says nothing about an earlier one: ask with “\($0)” if there was one"
                }
            case (.unreachable, _), (.tooManyRequests, _): nil
            }
        }

        /// The command that asks what became of it.
        private var command: String? {
            switch self {
            case .none, .statusQuery, .something: nil
            case .bill(let bill): "payout bank status --bill-id \(bill)"
            case .transaction(let reference): "payout bank status --agent-tran-id \(reference)"
            }
        }
    }

    /// - Throws: ``CommandError`` where nobody agrees: then nothing was sent.
    func agree(to deed: String, _ money: MoneyOptions) throws {
        if money.yes { return }
        switch program.console.confirm("\(deed) at \(bank.address)?") {
        case true?: return
        case false?: throw CommandError(.paused, "nothing was sent")
        case nil:
            throw CommandError(
                .wrongUse, "there is no terminal to ask at: add --yes to send without asking. Nothing was sent")
        }
    }

    /// Calls the bank and tells what came of it.
    ///
    /// - Parameters:
    ///   - mayBeDone: whether the bank may have done what it was told, in spite of an error.
    ///   - work: the call.
    func call<Answer: ShownAnswer>(
        leaving trace: Trace = .none, mayBeDone: (MerchantError) -> Bool = \.mayHaveTakenEffect,
        _ work: @escaping @Sendable (MerchantClient) async throws -> Answer
    ) async throws -> ExitStatus {
        if bank.isExposed {
            program.logger.warning("the bank's address is plain http: cards and the password can be read on the way")
        }
        let client = bank.client(timeout: program.settings.requestTimeout, connections: 1)
        let result: Result<Answer, any Error>
        do {
            result = .success(try await untilSignalled { try await work(client) })
        } catch {
            result = .failure(error)
        }
        do {
            try await client.shutdown()
        } catch {
            // What came of the call is told all the same.
            program.logger.warning("the connections to the bank could not be closed: \(error)")
        }
        do {
            return try tell(result.get().shown)
        } catch let error as MerchantError {
            return try tell(error, CallOutcome(of: error, trace.effect(mayBeDone: mayBeDone(error))), trace)
        }
    }

    /// A person who ends the wait for an answer must be told what may have been done: the first signal ends the call, which then
    /// fails as one without an answer.
    private func untilSignalled<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
        let working = Task { try await work() }
        let signals = StopOnSignal { [console = program.console] earlier in
            if earlier > 0 { _exit(ExitStatus.someUnsettled.rawValue) }
            console.say("ending the wait for the bank; once more ends at once")
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
            ExitStatus(outcome), [error.text(in: language), advice].compactMap { $0 }.joined(separator: "; "))
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
