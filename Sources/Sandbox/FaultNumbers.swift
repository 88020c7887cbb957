/// A list such as `slow=0.05,http-503=0.01`: one number per fault, without duplicates.
struct FaultNumbers {
    let pairs: [(fault: Fault, number: String)]

    init(parsing text: String) throws(FaultPlanError) {
        var pairs: [(fault: Fault, number: String)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: true) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { $0.filter { !$0.isWhitespace } }
            if sides == [""] { continue }
            guard sides.count == 2 else { throw .notNameAndNumber(String(part)) }
            guard let fault = Fault(rawValue: sides[0]) else { throw .unknownFault(sides[0]) }
            guard !pairs.contains(where: { $0.fault == fault }) else { throw .named(twice: fault) }
            pairs.append((fault, sides[1]))
        }
        self.pairs = pairs
    }
}
