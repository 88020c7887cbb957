package import PaymentValues
package import Payouts
package import Processing

/// Counts and times each request to a bank.
package struct ObservedBank: Bank {
    let bank: any Bank
    let metrics: RunMetrics
    let uptime: @Sendable () -> Duration

    package init(bank: any Bank, metrics: RunMetrics, uptime: @escaping @Sendable () -> Duration) {
        self.bank = bank
        self.metrics = metrics
        self.uptime = uptime
    }

    package func signIn() async -> SignIn {
        await observe("sign_in") {
            await bank.signIn()
        } name: { answer in
            switch answer {
            case .ready: "ready"
            case .unreachable: "unreachable"
            case .refused: "refused"
            }
        }
    }

    package func pay(_ order: PayoutOrder) async -> Outcome {
        await observe("pay") {
            await bank.pay(order)
        } name: { outcome in
            switch outcome {
            case .paid: "paid"
            case .refused: "refused"
            case .refusedForEveryone: "refused_for_everyone"
            case .notProcessed: "not_processed"
            case .unknown, .misdirected: "unknown"
            case .needsHuman: "review"
            }
        }
    }

    package func status(of id: AgentTransactionID, expecting amount: Tiyin) async -> StatusFinding {
        await observe("status") {
            await bank.status(of: id, expecting: amount)
        } name: { finding in
            switch finding {
            case .paid: "paid"
            case .notPaid: "not_paid"
            case .notFound: "not_found"
            case .inProgress: "in_progress"
            case .needsHuman: "review"
            case .noAnswer: "no_answer"
            }
        }
    }

    private func observe<Answer>(
        _ class: String, request: () async -> Answer, name: (Answer) -> String
    ) async -> Answer {
        metrics.requestBegan()
        let start = uptime()
        let answer = await request()
        metrics.requestEnded(`class`, outcome: name(answer), took: uptime() - start)
        return answer
    }
}
