extension BinaryInteger {
    /// The digits in groups of three: `2 000 000`.
    package var grouped: String {
        let digits = String(magnitude)
        let groups = stride(from: 0, to: digits.count, by: 3).reversed().map { end in
            String(digits.dropLast(end).suffix(3))
        }
        return (self < 0 ? "-" : "") + groups.joined(separator: " ")
    }
}
