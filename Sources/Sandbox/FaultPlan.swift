/// The rates of the faults, parsed from text such as `close-after-debit=0.02,http-503=0.01`.
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
        for (fault, number) in try FaultNumbers(parsing: text).pairs {
            guard let fraction = Double(number), (0...1).contains(fraction) else { throw .notAFraction(fault, number) }
            shares.append(Share(fault: fault, fraction: fraction))
        }
        for kind in RecordedRequest.Path.allCases
        where shares.lazy.filter({ $0.fault.request == kind }).reduce(0, { $0 + $1.fraction }) > 1 {
            throw .moreThanAll(kind)
        }
        self.shares = shares
    }

    /// Returns the fault that hits the `number`-th request of its kind about an id, if any. It depends only on the
    /// seed, the kind, the id and the number. Requests without an id, such as logins, are numbered on arrival.
    func fault(of kind: RecordedRequest.Path, seed: UInt64, id: Int64 = 0, number: Int) -> Fault? {
        guard !shares.isEmpty else { return nil }
        let draw = SeededHash(seed: seed ^ kind.salt).fraction(UInt64(bitPattern: id), UInt64(number))
        var reach = 0.0
        for share in shares where share.fault.meets(kind) {
            reach += share.fraction
            if draw < reach { return share.fault.needsEarlierSend && number < 2 ? nil : share.fault }
        }
        return nil
    }
}

extension RecordedRequest.Path {
    var salt: UInt64 {
        switch self {
        case .pay: 0
        case .status: 0x5354_4154
        case .login: 0x4C4F_4749
        case .refresh: 0x5245_4652
        case .sendCode: 0x5345_4E44
        case .verifyCode: 0x5645_5249
        case .userCards: 0x4341_5244
        case .check: 0x4348_4543
        case .payBill: 0x4249_4C4C
        case .hold: 0x484F_4C44
        case .confirm: 0x434F_4E46
        case .addToHold: 0x4144_4454
        case .cancel: 0x4341_4E43
        case .reverse: 0x5245_5645
        case .reversePart: 0x5041_5254
        case .other: 0x4F54_4845
        }
    }
}

package enum FaultPlanError: Error, Equatable, CustomStringConvertible {
    case notNameAndNumber(String)
    case unknownFault(String)
    case named(twice: Fault)
    case notAFraction(Fault, String)
    case moreThanAll(RecordedRequest.Path)
    case takesNoTime(Fault)
    case notSeconds(Fault, String)

    package var description: String {
        switch self {
        case .notNameAndNumber(let part): "“\(part)” is not of the form name=number, such as slow=0.05."
        case .unknownFault(let name):
            "There is no fault “\(name)”. Known: \(Fault.allCases.map(\.rawValue).joined(separator: ", "))."
        case .named(let fault): "\(fault.rawValue) is named twice; name each fault once."
        case .notAFraction(let fault, let text):
            "“\(text)” is not a fraction from 0 to 1 for \(fault.rawValue); 0.02 means 2 requests of 100."
        case .moreThanAll(let kind):
            "The fractions of the faults of \(kind.rawValue) requests add up to more than 1; lower some of them."
        case .takesNoTime(let fault):
            "\(fault.rawValue) has no duration. Those that have one: "
                + Fault.allCases.filter { $0.usualDuration != nil }.map(\.rawValue).joined(separator: ", ") + "."
        case .notSeconds(let fault, let text):
            "“\(text)” is not a number of seconds from 0 to 86400 for \(fault.rawValue)."
        }
    }
}
