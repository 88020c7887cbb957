/// The bank that a batch belongs to: scheme, host, port and path of its address, and whether it moves money.
///
/// The ledger stores it as text. Examples are `https://bank.example/api`, `sandbox http://127.0.0.1:8800`, and
/// `sandbox` for the built-in sandbox.
package struct BankIdentity: Hashable, Sendable {
    /// The normalized address: lower case, no default port, no slash at the end. `nil` for the built-in sandbox, whose
    /// port changes.
    package let address: String?
    /// Whether the bank is a sandbox, which moves no money.
    package let isSandbox: Bool

    private static let sandbox = "sandbox"
    /// The text that earlier versions stored for every bank on loopback.
    private static let vague = "loopback"

    /// Makes an identity from an address.
    /// - Parameters:
    ///   - address: the bank's address, or `sandbox` for the built-in sandbox.
    ///   - isSandbox: whether the bank says that it is a sandbox.
    package init(address: String, isSandbox: Bool) {
        let isBuiltIn = address == Self.sandbox
        self.address = isBuiltIn ? nil : Self.normalised(address)
        self.isSandbox = isSandbox || isBuiltIn
    }

    /// Reads the ledger's text.
    package init(recorded text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        let isSandbox = parts.count == 2 && parts[0] == Self.sandbox
        self.init(address: isSandbox ? String(parts[1]) : text, isSandbox: isSandbox)
    }

    /// The ledger's text.
    package var recorded: String {
        [isSandbox ? Self.sandbox : nil, address].compactMap(\.self).joined(separator: " ")
    }

    /// Returns whether an administrator may move the batch to `other`. A bank can change its address. A sandbox never
    /// becomes a bank.
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
    /// Whether the batch was sent to a sandbox, so that no money moved.
    package var isPractice: Bool { bank.map { BankIdentity(recorded: $0).isSandbox } ?? false }
}
