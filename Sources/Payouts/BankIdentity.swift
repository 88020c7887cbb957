/// Which bank a batch belongs to: scheme, host, port and path of its address, and whether it moves money at all.
///
/// The ledger keeps it as text: `https://bank.example/api`, `sandbox http://127.0.0.1:8800`, or `sandbox` for the built-in one.
package struct BankIdentity: Hashable, Sendable {
    /// In one form: small letters, no default port, no slash at the end. `nil` for the built-in sandbox, whose port is another
    /// each time.
    package let address: String?
    /// Whether it is a bank for practice, which moves no money.
    package let isSandbox: Bool

    private static let sandbox = "sandbox"
    /// What earlier versions kept of every bank on loopback.
    private static let vague = "loopback"

    /// - Parameters:
    ///   - address: where the bank is; `sandbox` for the built-in one.
    ///   - isSandbox: what the bank says of itself.
    package init(address: String, isSandbox: Bool) {
        let isBuiltIn = address == Self.sandbox
        self.address = isBuiltIn ? nil : Self.normalised(address)
        self.isSandbox = isSandbox || isBuiltIn
    }

    /// Reads what the ledger keeps.
    package init(recorded text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        let isSandbox = parts.count == 2 && parts[0] == Self.sandbox
        self.init(address: isSandbox ? String(parts[1]) : text, isSandbox: isSandbox)
    }

    /// As the ledger keeps it.
    package var recorded: String {
        [isSandbox ? Self.sandbox : nil, address].compactMap(\.self).joined(separator: " ")
    }

    /// Whether a person's word is enough to go on at `other`: a bank can get another address, a sandbox never becomes one.
    package func canMove(to other: BankIdentity) -> Bool {
        address == Self.vague || isSandbox == other.isSandbox
    }

    private static func normalised(_ address: String) -> String {
        guard let mark = address.firstRange(of: "://") else { return address }
        let scheme = address[..<mark.lowerBound].lowercased()
        let rest = address[mark.upperBound...]
        var authority = rest.prefix { $0 != "/" }
        var path = rest[authority.endIndex...]
        while path.last == "/" { path.removeLast() }
        if let port = ["https": ":443", "http": ":80"][scheme], authority.hasSuffix(port) {
            authority = authority.dropLast(port.count)
        }
        return "\(scheme)://\(authority.lowercased())\(path)"
    }
}

extension BatchStatement {
    /// Whether it was sent to a bank for practice, so that no money was moved.
    package var isPractice: Bool { bank.map { BankIdentity(recorded: $0).isSandbox } ?? false }
}
