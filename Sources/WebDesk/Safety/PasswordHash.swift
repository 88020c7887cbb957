import Crypto
import CryptoExtras
package import Foundation

/// The scrypt hash of a password with its parameters, written as `scrypt$17$8$1$salt$key`. Salt and key are in Base64.
package struct PasswordHash: Hashable, Sendable {
    let cost: Cost
    let salt: Data
    let key: Data

    /// The cost of computing one hash.
    package struct Cost: Hashable, Sendable {
        /// The base-2 logarithm of the number of rounds.
        let logRounds: Int
        let blockSize: Int
        let parallelism: Int

        /// The cost of 128 MB and a few tenths of a second for each try, as OWASP's password storage cheat sheet
        /// recommends.
        package static let standard = Cost(logRounds: 17, blockSize: 8, parallelism: 1)

        package init(logRounds: Int, blockSize: Int, parallelism: Int) {
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }
    }

    package init(of password: String, salt: Data, cost: Cost = .standard) throws {
        self.cost = cost
        self.salt = salt
        key = try Self.derive(password, salt, cost)
    }

    /// Compares a password with the hash in constant time.
    package func matches(_ password: String) throws -> Bool {
        let tried = try Self.derive(password, salt, cost)
        return tried.count == key.count && zip(tried, key).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(_ password: String, _ salt: Data, _ cost: Cost) throws -> Data {
        // Keyboards can encode the same letters as different code points.
        let typed = Data(password.precomposedStringWithCompatibilityMapping.utf8)
        return try unsafe KDF.Scrypt.deriveKey(
            from: typed, salt: salt, outputByteCount: 32, rounds: 1 << cost.logRounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism
        ).withUnsafeBytes { unsafe Data($0) }
    }
}

extension PasswordHash: LosslessStringConvertible {
    package init?(_ description: String) {
        let parts = description.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let logRounds = Int(parts[1]), (1...24).contains(logRounds),
            let blockSize = Int(parts[2]), (1...32).contains(blockSize), let parallelism = Int(parts[3]),
            (1...16).contains(parallelism), let salt = Data(base64Encoded: String(parts[4])),
            let key = Data(base64Encoded: String(parts[5])), key.count == 32
        else { return nil }
        cost = Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism)
        self.salt = salt
        self.key = key
    }

    package var description: String {
        "scrypt$\(cost.logRounds)$\(cost.blockSize)$\(cost.parallelism)$\(salt.base64EncodedString())$"
            + key.base64EncodedString()
    }
}
