/// Which faults happen how often, read from text such as `close-after-debit=0.02,http-503=0.01`.
package struct FaultPlan: Sendable, Equatable {
    package struct Share: Sendable, Equatable {
        package let fault: Fault
        package let fraction: Double
    }

    package let shares: [Share]

    package static let none = FaultPlan(shares: [])

    private init(shares: [Share]) {
        self.shares = shares
    }

    package init(parsing text: String) throws(FaultPlanError) {
        var shares: [Share] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.filter { !$0.isWhitespace } }
            if sides == [""] { continue }
            guard sides.count == 2 else { throw .notNameAndFraction(String(part)) }
            guard let fault = Fault(rawValue: sides[0]) else { throw .unknownFault(sides[0]) }
            guard let fraction = Double(sides[1]), (0...1).contains(fraction) else {
                throw .notAFraction(fault, sides[1])
            }
            guard !shares.contains(where: { $0.fault == fault }) else { throw .named(twice: fault) }
            shares.append(Share(fault: fault, fraction: fraction))
        }
        guard shares.reduce(0, { $0 + $1.fraction }) <= 1 else { throw .moreThanAll }
        self.shares = shares
    }

    /// The fault that meets the `send`-th send of an id, or none. It follows from the seed, the id and the count alone.
    func fault(seed: UInt64, agentTranId: Int64, send: Int) -> Fault? {
        guard !shares.isEmpty else { return nil }
        let draw = SeededHash(seed: seed).fraction(UInt64(bitPattern: agentTranId), UInt64(send))
        var reach = 0.0
        for share in shares {
            reach += share.fraction
            if draw < reach { return share.fault }
        }
        return nil
    }
}

package enum FaultPlanError: Error, Equatable, CustomStringConvertible {
    case notNameAndFraction(String)
    case unknownFault(String)
    case notAFraction(Fault, String)
    case named(twice: Fault)
    case moreThanAll

    package var description: String {
        switch self {
        case .notNameAndFraction(let part): "“\(part)” is not of the form name=fraction, such as slow=0.05."
        case .unknownFault(let name):
            "There is no fault “\(name)”. Known: \(Fault.allCases.map(\.rawValue).joined(separator: ", "))."
        case .notAFraction(let fault, let text):
            "“\(text)” is not a fraction from 0 to 1 for \(fault.rawValue); 0.02 means 2 sends of 100."
        case .named(let fault): "\(fault.rawValue) is named twice; name each fault once."
        case .moreThanAll: "The fractions add up to more than 1; lower some of them."
        }
    }
}
