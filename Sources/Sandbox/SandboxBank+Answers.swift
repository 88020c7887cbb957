import Foundation

/// The bank's methods, from a request's body to the reply.
extension SandboxBank {
    func login(body: Data) -> Reply {
        answering(.login) { state, _ in
            let wanted = try RequestFault.decode(Login.self, from: body)
            guard wanted.username == configuration.username, wanted.password == configuration.password else {
                return .error(.badCredentials)
            }
            return tokenReply(state.tokens.issue(at: configuration.now()))
        }
    }

    func refresh(body: Data) -> Reply {
        answering(.refresh) { state, _ in
            let wanted = try RequestFault.decode(Refresh.self, from: body)
            guard let pair = state.tokens.exchange(refresh: wanted.refreshToken, at: configuration.now()) else {
                return .error(.badCredentials)
            }
            return tokenReply(pair)
        }
    }

    func pay(body: Data, authorization: String?, cameByRedirect: Bool) -> Reply {
        // Read outside the lock: it is the longest part of a payment.
        let order = Result { () throws(RequestFault) in try PayOrder(body: body) }
        let reply = answering(.pay) { state, id in
            guard accepts(authorization, state) else { return .error(.badCredentials) }
            let order = try order.get()
            id = order.agentTranId
            return try state.pay(order, cameByRedirect: cameByRedirect)
        }
        return reply.after(configuration.latency)
    }

    func status(body: Data, authorization: String?) -> Reply {
        answering(.status) { state, id in
            guard accepts(authorization, state) else { return .error(.badCredentials) }
            let question = try StatusQuestion(body: body)
            id = question.agentTranId
            let byID = question.agentTranId.flatMap { state.payment(agentTranId: $0) }
            guard let known = byID ?? question.billId.flatMap({ state.payment(bmId: $0) }) else {
                return .error(configuration.unknownPayment)
            }
            let payment = try state.ask(about: known)
            return .ok(payment.statusJSON, outcome: payment.state.rawValue)
        }
    }

    /// Answers a request that never comes to a method: its path, headers or size are wrong.
    func turnAway(_ path: RecordedRequest.Path, _ reply: Reply) -> Reply {
        answering(path) { _, _ in reply }
    }

    /// Runs one method under the lock and records the request in the order in which the bank took it up.
    private func answering(
        _ path: RecordedRequest.Path, _ method: (inout BankState, inout Int64?) throws -> Reply
    ) -> Reply {
        state.withLock { state in
            var agentTranId: Int64?
            let reply: Reply
            do {
                reply = try method(&state, &agentTranId)
            } catch let fault as RequestFault {
                reply = .error(fault.error)
            } catch {
                // The journal cannot be written: the payment was not kept, and the bank must not say otherwise.
                reply = .error(.internalError)
            }
            state.requests.append(
                RecordedRequest(path: path, agentTranId: agentTranId, outcome: reply.outcome))
            return reply
        }
    }

    private func accepts(_ authorization: String?, _ state: borrowing BankState) -> Bool {
        guard let authorization, authorization.hasPrefix("Bearer ") else { return false }
        return state.tokens.accepts(access: String(authorization.dropFirst(7)), at: configuration.now())
    }

    private func tokenReply(_ pair: BankTokens.Pair) -> Reply {
        .ok(
            .fields([
                "statusCode": .integer(0),
                "statusMessage": .string("OK"),
                "result": .fields([
                    "access_token": .string(pair.access),
                    "token_type": .string("bearer"),
                    "refresh_token": .string(pair.refresh),
                    "expires_in": .integer(configuration.tokenLifetimeSeconds),
                    "scope": .string("openid"),
                ]),
            ]), outcome: "OK")
    }

    private struct Login: Decodable {
        let username: String
        let password: String
    }

    private struct Refresh: Decodable {
        let refreshToken: String
    }
}
