import Foundation

/// Handles each method of the bank, from the request to the reply.
extension SandboxBank {
    /// Handles a request immediately. The reply contains any delay.
    package func take(_ request: ArrivedRequest) -> Reply {
        if let books = books(request) { return .ok(books, outcome: "OK") }
        if request.method == "GET", let order = StatementOrder(path: request.path) {
            let bytes = statement(order).bytes(order.format)
            return Reply(200, .file(bytes, type: "application/octet-stream"), outcome: "OK")
        }
        let path = RecordedRequest.Path(method: request.method, path: request.path)
        // Parse outside the lock: it is the longest part of a payment.
        let order = path == .pay ? Result { () throws(RequestFault) in try PayOrder(body: request.body) } : nil
        return present { state in
            if let left = state.outageLeft { return .silence(.refused(for: left), outcome: "refused") }
            var agentTranId: Int64?
            let reply: Reply
            do {
                reply = try answer(request, path, order, &state, &agentTranId)
            } catch let fault as RequestFault {
                reply = .error(fault.error)
            } catch {
                // The journal cannot be written. The payment was not stored, so the bank must not confirm it.
                reply = .error(.internalError)
            }
            state.requests.append(RecordedRequest(path: path, agentTranId: agentTranId, outcome: reply.outcome))
            return reply
        }
    }

    private func answer(
        _ request: ArrivedRequest, _ path: RecordedRequest.Path, _ order: Result<PayOrder, RequestFault>?,
        _ state: inout BankState, _ agentTranId: inout Int64?
    ) throws -> Reply {
        guard path != .other else {
            return RecordedRequest.Path.method(servedAt: request.path).map(Reply.notAllowed(but:)) ?? .error(.notFound)
        }
        guard path == .userCards || request.contentType?.lowercased().hasPrefix("application/json") == true else {
            return .error(.invalidRequest)
        }
        guard request.body.count <= ArrivedRequest.largestBodyBytes else {
            return .gatewayPage(413)
        }
        switch path {
        case .login: return try login(request.body, &state)
        case .refresh: return try refresh(request.body, &state)
        case .pay, .status, .other: break
        default: return try cardOrBill(request, path, &state)
        }
        var send: PaySend?
        if case .success(let order) = order {
            agentTranId = order.agentTranId
            let next = state.nextSend(of: order, cameByRedirect: request.path == BankState.movedPayPath)
            if let lost = state.lose(next, isOnUsedConnection: request.isOnUsedConnection) { return lost }
            send = next
        }
        guard user(of: request.authorization, state) != nil else { return .error(.badCredentials) }
        // An order that cannot be read is a separate error.
        _ = try order?.get()
        if let send { return try state.pay(send).after(configuration.latency) }
        let question = try StatusQuestion(body: request.body)
        agentTranId = question.agentTranId
        return try state.status(question)
    }

    private func login(_ body: Data, _ state: inout BankState) throws -> Reply {
        let wanted = try RequestFault.decode(Login.self, from: body)
        guard let user = configuration.user(named: wanted.username, password: wanted.password) else {
            return .error(.badCredentials)
        }
        if state.refusesLogin() { return .error(.badCredentials) }
        return tokenReply(state.tokens.issue(to: user, at: state.now))
    }

    private func refresh(_ body: Data, _ state: inout BankState) throws -> Reply {
        let wanted = try RequestFault.decode(Refresh.self, from: body)
        if state.refusesRefresh() { return .error(.badCredentials) }
        guard let pair = state.tokens.exchange(refresh: wanted.refreshToken, at: state.now) else {
            return .error(.badCredentials)
        }
        return tokenReply(pair)
    }

    func user(of authorization: String?, _ state: borrowing BankState) -> BankUser? {
        guard let authorization, authorization.hasPrefix("Bearer ") else { return nil }
        return state.tokens.holder(of: String(authorization.dropFirst(7)), at: state.now)
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
