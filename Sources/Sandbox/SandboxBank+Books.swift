/// What the sandbox tells over HTTP about itself, for tests in another process.
extension SandboxBank {
    var debitsJSON: JSONText {
        .array(
            debits.map { debit in
                .fields([
                    "agentTranId": .integer(debit.agentTranId),
                    "amount": .integer(debit.amountTiyin),
                    "card": .string(debit.maskedCard),
                    "bmId": .integer(debit.bmId),
                ])
            })
    }

    var requestsJSON: JSONText {
        let (requests, mostOpen) = state.withLock { ($0.requests, $0.mostOpenPays) }
        let counts = requests.reduce(into: [RecordedRequest.Path: Int64]()) { $0[$1.path, default: 0] += 1 }
        let paths: [RecordedRequest.Path] = [.pay, .status, .login, .refresh]
        return .object(
            paths.map { JSONText.Field(name: $0.rawValue, value: .integer(counts[$0, default: 0])) }
                + [JSONText.Field(name: "mostOpen", value: .integer(Int64(mostOpen)))])
    }
}
