/// Rejects sends before the bank looks at the payment.
extension BankState {
    /// Returns an answer that comes before the payment is processed, or `nil`. Such an answer changes nothing.
    mutating func reject(_ send: PaySend) -> Reply? {
        switch send.card {
        case .closedBeforePaying: return .silence(.closed, outcome: "closed before paying")
        case .badGateway: return .gatewayPage(502)
        case .tooManyRequestsOnce where send.number == 1: return .tooManyRequests
        case .unauthorizedOnce where send.number == 1: return .error(.badCredentials)
        case .redirect: return .redirect(to: Self.movedPayPath)
        default: break
        }
        guard let fault = send.fault else { return nil }
        let reply: Reply
        switch fault {
        case .closeBeforeDebit: return silence(send.fault, .closed)
        case .lateDebit:
            plan(.pay(send.order), after: configuration.durations[.lateDebit])
            return .silence(.closed, outcome: fault.rawValue)
        case .http503: reply = .gatewayPage(503)
        case .http500 where send.isBeforeDebit: reply = .uncatalogued
        case .http502 where send.isBeforeDebit: reply = .gatewayPage(502)
        case .http504 where send.isBeforeDebit: reply = .gatewayPage(504)
        case .tooManyRequests, .tooManyRequestsRepeat: reply = .tooManyRequests
        case .unauthorized, .unauthorizedRepeat: reply = .error(.badCredentials)
        case .tokenExpired:
            tokens.expireAccess()
            reply = .error(.badCredentials)
        case .redirect: reply = .redirect(to: Self.movedPayPath)
        case .refusedRepeat: reply = .error(send.refusal)
        default: return nil
        }
        fired(fault)
        return reply
    }

    /// Fails an order with an error of the bank before the debit, and records it as failed.
    mutating func fail(_ send: PaySend) throws -> Reply? {
        let error: BankError
        switch send.fault {
        case .errorBeforeDebit: error = send.serverError
        case .errorInResult where send.isBeforeDebit: error = .cardNotFound
        default: return nil
        }
        if payment(agentTranId: send.order.agentTranId) == nil { _ = try refuse(send.order, error) }
        fired(send.fault)
        return send.fault == .errorInResult ? errorInResult(error, of: send.order.agentTranId) : .error(error)
    }
}
