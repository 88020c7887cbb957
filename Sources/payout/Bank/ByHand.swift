import AnorBank
import Foundation
import Logging
import MerchantAPI
import Payouts
import UnixSignals

/// One method of the bank, called by hand: what the person gives and agrees to, and what is told of it.
struct ByHand: Sendable {
    let method: String
    let services: Services
    let bank: BankSettings
    let printsJSON: Bool

    /// What a call leaves behind where nobody knows whether it was done.
    enum Trace {
        /// It only asked: nothing.
        case none
        /// It asked what became of a payment. That the bank does not know it proves nothing.
        case fate
        /// Something that a person can look for.
        case something(advice: String)
        /// A bill that the bank can be asked about.
        case bill(BillID)
        case transaction(AgentReference)

        var advice: String? {
            switch self {
            case .none: nil
            case .fate:
                "this proves nothing while a request may still be on its way: ask again later, and send nothing again until you know"
            case .something(let advice): advice
            case .bill, .transaction:
                status.map { "money may have moved: do not send it again; ask with “\($0)” what became of it" }
            }
        }

        /// A person who sent it before, without an answer, would else take a refused repeat for the end of both.
        var adviceWhereRefused: String? {
            switch self {
            case .none, .fate, .something: nil
            case .bill, .transaction:
                status.map {
                    "this is about this sending and says nothing about an earlier one: ask with “\($0)” if there was one"
                }
            }
        }

        /// The command that asks what became of it.
        private var status: String? {
            switch self {
            case .none, .fate, .something: nil
            case .bill(let bill): "payout bank status --bill-id \(bill)"
            case .transaction(let reference): "payout bank status --agent-tran-id \(reference)"
            }
        }
    }

    /// - Throws: ``Failure`` where nobody agrees: then nothing was sent.
    func agree(to deed: String, _ money: MoneyOptions) throws {
        if money.yes { return }
        switch services.console.confirm("\(deed) at \(bank.address)?") {
        case true?: return
        case false?: throw Failure(.paused, "nothing was sent")
        case nil:
            throw Failure(
                .wrongUse, "there is no terminal to ask at: add --yes to send without asking. Nothing was sent")
        }
    }

    /// Calls the bank and tells what came of it.
    ///
    /// - Parameters:
    ///   - work: the call.
    ///   - show: what is shown of its answer.
    func call<Answer: Sendable>(
        leaving trace: Trace = .none,
        _ work: @escaping @Sendable (MerchantClient) async throws -> Answer, show: (Answer) -> ShownFields
    ) async throws -> ExitStatus {
        if bank.isExposed {
            services.logger.warning("the bank's address is plain http: cards and the password can be read on the way")
        }
        let client = try bank.client(timeout: services.settings.requestTimeout, connections: 1)
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
            services.logger.warning("the connections to the bank could not be closed: \(error)")
        }
        do {
            return try tell(show(try result.get()))
        } catch let error as MerchantError {
            return try tell(error, .of(error, leaving: trace), trace)
        }
    }

    /// A person who ends the wait for an answer must be told what may have been done: the first signal ends the call, which then
    /// fails as one without an answer.
    private func untilSignalled<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        let working = Task { try await work() }
        let console = services.console
        let watcher = Task {
            for await _ in signals {
                if working.isCancelled { _exit(ExitStatus.someUnsettled.rawValue) }
                console.say("ending the wait for the bank; once more ends at once")
                working.cancel()
            }
        }
        defer { watcher.cancel() }
        return try await working.value
    }

    private func tell(_ fields: ShownFields) throws -> ExitStatus {
        services.console.result(
            printsJSON
                ? try JSONText.of(CallDocument(method: method, outcome: .done, answer: fields)) : fields.text)
        return .everyRowPaid
    }

    private func tell(_ error: MerchantError, _ ending: Ending, _ trace: Trace) throws -> ExitStatus {
        let text = services.text(of: error.cause)
        let advice: String? =
            switch (ending.outcome, ending.status) {
            case (_, .configuration): "check PAYOUT_BANK_USERNAME and PAYOUT_BANK_PASSWORD"
            case (.unknown, _): trace.advice
            case (.refused, _): trace.adviceWhereRefused
            case (.done, _), (.notDone, _): nil
            }
        if printsJSON {
            services.console.result(
                try JSONText.of(
                    CallDocument(
                        method: method, outcome: ending.outcome, error: CallDocument.Refusal(error, text: text),
                        advice: advice)))
        }
        throw Failure(ending.status, [text, advice].compactMap { $0 }.joined(separator: "; "))
    }
}

extension Services {
    /// What a person is told of a call that failed, with the bank's reason in their language.
    fileprivate func text(of cause: MerchantError.Cause) -> String {
        switch cause {
        case .loginFailed(.refused(let refusal)):
            return "the login at the bank failed, nothing was sent: \(text(of: .refused(refusal)))"
        case .refused(let refusal):
            let text = refusal.catalogued.flatMap {
                AnorBank.catalogue.text(of: ReasonCode(rawValue: $0.rawValue), in: settings.language)
            }
            return text.map { "the bank refused: \($0) (\(refusal.detail ?? ""), HTTP \(refusal.httpStatus))" }
                ?? cause.description
        default: return cause.description
        }
    }
}
