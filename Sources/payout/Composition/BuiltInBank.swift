import Foundation
import MerchantAPI

#if Sandbox
import ProgramSettings
import Sandbox
#endif

/// The sandbox inside the program, on a free loopback port.
struct BuiltInBank: Sendable {
    let settings: BankSettings
    #if Sandbox
    private let running: RunningSandbox
    #endif

    /// Starts the bank. It stores its payments in a journal, so that a killed run can be resumed.
    init(journal: URL) async throws {
        #if Sandbox
        var configuration = SandboxConfiguration()
        configuration.journal = journal
        running = try await SandboxBank(configuration: configuration).start(port: 0)
        settings = BankSettings(
            address: try BankAddress(running.baseURL.absoluteString), username: configuration.username,
            password: Password(configuration.password))
        #else
        throw CommandError(
            .wrongUse, "this program was built without the bank for practice: build it with the trait Sandbox")
        #endif
    }

    func stop() async throws {
        #if Sandbox
        try await running.stop()
        #endif
    }
}
