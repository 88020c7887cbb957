/// Applies the faults of payments to the methods of cards and bills.
extension BankState {
    /// Returns the answer if the fault makes the bank do nothing.
    mutating func reject(_ fault: Fault?, at path: RecordedRequest.Path) -> Reply? {
        let reply: Reply
        switch fault {
        case .closeBeforeDebit: return silence(fault, .closed)
        case .http503: reply = .gatewayPage(503)
        case .http500 where isBefore(path): reply = .uncatalogued
        case .http502 where isBefore(path): reply = .gatewayPage(502)
        case .http504 where isBefore(path): reply = .gatewayPage(504)
        case .tooManyRequests: reply = .tooManyRequests
        case .unauthorized: reply = .error(.badCredentials)
        case .tokenExpired:
            tokens.expireAccess()
            reply = .error(.badCredentials)
        case .errorBeforeDebit: reply = .error(serverError(path))
        default: return nil
        }
        fired(fault)
        return reply
    }

    /// Returns the answer as the client gets it after the bank has done its work.
    mutating func spoil(_ reply: Reply, _ fault: Fault?, at path: RecordedRequest.Path) -> Reply {
        let other: Reply
        switch fault {
        case .closeAfterDebit: return silence(fault, .closed)
        case .http500: other = .uncatalogued
        case .http502: other = .gatewayPage(502)
        case .http504: other = .gatewayPage(504)
        case .errorAfterDebit: other = .error(serverError(path))
        default: return onTheWay(reply, fault)
        }
        fired(fault)
        return other
    }

    private func isBefore(_ path: RecordedRequest.Path) -> Bool { draw(1, path).isMultiple(of: 2) }

    private func serverError(_ path: RecordedRequest.Path) -> BankError {
        BankError.ofServer[Int(draw(2, path) % UInt64(BankError.ofServer.count))]
    }

    private func draw(_ question: UInt64, _ path: RecordedRequest.Path) -> UInt64 {
        SeededHash(seed: ~configuration.seed).value(UInt64(arrivals(of: path)), question, path.salt)
    }
}
