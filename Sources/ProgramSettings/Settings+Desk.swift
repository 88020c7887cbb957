import Foundation

/// Locates the desk.
extension Settings {
    static let defaultDeskPort = 8700

    package var deskHost: String { values.text(.deskHost) ?? "127.0.0.1" }

    /// The users file. By default it is beside the ledger's key.
    package var deskUsersPath: String {
        let folder = URL(fileURLWithPath: keyFilePath).deletingLastPathComponent()
        return values.text(.deskUsers) ?? folder.appendingPathComponent("desk.users").path
    }

    /// Returns the port. 0 is any free one.
    package func deskPort() throws -> Int { try values.number(.deskPort, in: 0...65_535) ?? Self.defaultDeskPort }

    /// The host and the port that a person types into the browser.
    package func deskAddress() throws -> String { "\(values.text(.deskName) ?? deskHost):\(try deskPort())" }
}
