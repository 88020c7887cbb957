import Synchronization

/// Shows the sandbox's records over HTTP, for tests in another process.
extension SandboxBank {
    func books(_ request: ArrivedRequest) -> JSONText? {
        switch (request.method, request.path) {
        case ("GET", "/sandbox/debits"): debitsJSON
        case ("GET", "/sandbox/bills"): .array(bills.map(\.json))
        case ("GET", "/sandbox/sms"): .array(textMessages.map(\.json))
        case ("GET", "/sandbox/requests"): requestsJSON
        case ("GET", "/sandbox/faults"): faultsJSON
        case ("GET", "/sandbox/health"): .fields(["status": .string("UP")])
        default: nil
        }
    }

    private var debitsJSON: JSONText {
        .array(
            debits.map { debit in
                .fields([
                    "agentTranId": .integer(debit.agentTranId),
                    "amount": .integer(debit.amountTiyin),
                    "account": .string(debit.account),
                    "card": .string(debit.maskedCard),
                    "bmId": .integer(debit.bmId),
                    "at": .string(Payment.text(of: debit.at)),
                    "reversedAt": debit.reversedAt.map { .string(Payment.text(of: $0)) } ?? .null,
                ])
            })
    }

    private var requestsJSON: JSONText {
        let (requests, mostOpen) = state.withLock { ($0.requests, $0.mostOpenPays) }
        let counts = requests.reduce(into: [RecordedRequest.Path: Int64]()) { $0[$1.path, default: 0] += 1 }
        let always: [RecordedRequest.Path] = [.pay, .status, .login, .refresh]
        let others = RecordedRequest.Path.allCases.filter { !always.contains($0) && counts[$0] != nil }
        func fields(_ paths: [RecordedRequest.Path]) -> [JSONText.Field] {
            paths.map { JSONText.Field(name: $0.rawValue, value: .integer(counts[$0, default: 0])) }
        }
        let open = JSONText.Field(name: "mostOpen", value: .integer(Int64(mostOpen)))
        return .object(fields(always) + [open] + fields(others))
    }

    private var faultsJSON: JSONText {
        let fired = firedFaults
        return .object(
            Fault.allCases.compactMap { fault in
                fired[fault].map { JSONText.Field(name: fault.rawValue, value: .integer(Int64($0))) }
            })
    }
}
