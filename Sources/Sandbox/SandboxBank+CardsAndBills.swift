import Foundation

/// Handles methods 3 to 13, with their faults.
extension SandboxBank {
    func cardOrBill(
        _ request: ArrivedRequest, _ path: RecordedRequest.Path, _ state: inout BankState
    ) throws(RequestFault) -> Reply {
        let fault = state.nextFault(of: path)
        if let lost = state.delivery(losing: fault, isOnUsedConnection: request.isOnUsedConnection) {
            return state.silence(fault, lost)
        }
        guard let user = user(of: request.authorization, state) else { return .error(.badCredentials) }
        if let reply = state.reject(fault, at: path) { return reply }
        let reply: Reply
        do throws(RequestFault) {
            reply = try state.answer(path, request.body, user)
        } catch {
            reply = .error(error.error)
        }
        return state.spoil(reply, fault, at: path)
    }
}

extension BankState {
    fileprivate mutating func answer(
        _ path: RecordedRequest.Path, _ body: Data, _ user: BankUser
    ) throws(RequestFault) -> Reply {
        switch path {
        case .sendCode: try sendCode(body, to: user)
        case .verifyCode: try verifyCode(body, by: user)
        case .userCards: userCards(of: user)
        case .check: try check(body)
        case .payBill: try take(body) { state, tiyin throws(RequestFault) in try state.paying(tiyin) }
        case .hold: try take(body) { state, tiyin throws(RequestFault) in try state.holding(tiyin) }
        case .confirm: try confirm(body)
        case .addToHold: try addToHold(body)
        case .cancel: try cancel(body, by: user)
        case .reverse: try reverse(body)
        case .reversePart: try reversePart(body)
        case .login, .refresh, .status, .pay, .other: throw RequestFault(error: .notFound)
        }
    }
}
