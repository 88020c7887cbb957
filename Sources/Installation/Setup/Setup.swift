#if Desk
import Foundation
import Payouts
package import ProgramSettings
import WebDesk

/// Asks the few necessary questions, tests each answer, writes the settings and starts the services.
package struct Setup {
    private let dialogue: Dialogue
    private let testBank: @Sendable (Settings) async -> Diagnosis
    private let random: @Sendable (Int) -> [UInt8]
    private let file: ServiceFile
    private let services: DeskService?
    private let isSandboxed: Bool
    /// The answers so far. The settings can be read with them before they are written.
    private var given: [Setting: String] = [:]
    /// The paths. Options cannot name them under sudo.
    private var paths: [Setting: String] = [:]

    /// Prepares the setup.
    /// - Parameters:
    ///   - named: the settings file to write in place of the service's. Then no service is started.
    ///   - random: returns random bytes for the salts of passwords.
    ///   - testBank: logs in to the bank of these settings.
    package init(
        file named: String?, isSandboxed: Bool, dialogue: Dialogue, random: @escaping @Sendable (Int) -> [UInt8],
        testBank: @escaping @Sendable (Settings) async -> Diagnosis
    ) {
        self.dialogue = dialogue
        self.testBank = testBank
        self.random = random
        file = ServiceFile(path: named ?? SettingsFile.ofService)
        services = named == nil ? DeskService(isSandboxed: isSandboxed) : nil
        self.isSandboxed = isSandboxed
    }

    /// Asks, writes and starts.
    ///
    /// - Returns: the address of the desk.
    package mutating func run() async throws -> String {
        try file.demandWritable()
        dialogue.say("The settings are in \(file.path). An empty answer keeps the value in brackets.")
        try ask(.lang, "Language of messages and reports (ru, uz, en)")
        if !isSandboxed {
            try await askBank()
            try ask(.senderName, "Name of the sender, for the bank")
            try ask(.account, "Account that pays, 20 digits (for files that do not say it)")
            try ask(.mfo, "MFO of its bank, 5 digits")
        }
        try ask(.requireApproval, "Must another person approve each batch before it is paid? (true, false)")
        try askAddress()
        try write()
        try askPeople()
        let settings = try settings()
        let scheme = settings.values.text(.deskTLSCertificate) == nil ? "http" : "https"
        try services?.start(dialogue)
        dialogue.say(services == nil ? "Start the desk with payout desk --config \(file.path)" : "The desk is at:")
        return "\(scheme)://\(try settings.deskAddress())/"
    }

    /// Reads the settings with the answers so far.
    private func settings() throws -> Settings {
        try Settings(options: given, file: file.exists ? file.path : nil, isSandboxed: isSandboxed)
    }

    private mutating func ask(_ setting: Setting, _ question: String) throws {
        while true {
            let current = try settings().shown.first { $0.key == setting.rawValue }?.value
            let answer = try answer(question, current: current)
            if answer.isEmpty { return }
            let before = given[setting]
            given[setting] = answer
            do {
                _ = try settings()
                return
            } catch let error as SettingsError where dialogue.isInteractive {
                given[setting] = before
                dialogue.say(dialogue.explain(error))
            }
        }
    }

    private func answer(_ question: String, current: String? = nil) throws(SetupError) -> String {
        guard let answer = dialogue.ask(question + (current.map { " [\($0)]" } ?? "")) else {
            throw .answersEndTooEarly
        }
        return answer
    }

    private mutating func askBank() async throws {
        while true {
            try ask(.bankURL, "Address of the bank")
            try ask(.bankUsername, "Login of your company at the bank")
            guard let password = dialogue.askHidden("Password (empty: as before)") else {
                throw SetupError.answersEndTooEarly
            }
            if !password.isEmpty { given[.bankPassword] = password }
            let diagnosis = await testBank(try settings())
            dialogue.say(diagnosis.text)
            if diagnosis.faults.isEmpty { return }
            guard dialogue.isInteractive else { throw SetupError.bankNotAccepted(diagnosis.faults) }
        }
    }

    private mutating func askAddress() throws {
        while true {
            let current = try settings().values.text(.deskName)
            let name = try answer(
                "Name of this machine for browsers; “-” for this machine alone", current: current ?? "-")
            if name.isEmpty { return }
            if name == "-" {
                paths[.deskHost] = "127.0.0.1"
                return
            }
            let certificate = try answer("Its certificate chain, PEM", current: nil)
            let key = try answer("The certificate's key, PEM", current: nil)
            do {
                _ = try Settings.tls(certificate: certificate, key: key)
                given[.deskName] = name
                paths = [.deskHost: "0.0.0.0", .deskTLSCertificate: certificate, .deskTLSKey: key]
                return
            } catch let error as SettingsError where dialogue.isInteractive {
                dialogue.say(dialogue.explain(error))
            }
        }
    }

    private func write() throws {
        var values = given.merging(paths) { $1 }
        if let password = values.removeValue(forKey: .bankPassword) {
            let path = try settings().values.text(.bankPasswordFile) ?? file.folder + "/password"
            try ServiceFile(path: path).write(password + "\n")
            values[.bankPasswordFile] = path
        }
        try file.set(values)
    }

    private func askPeople() throws {
        let users = try settings().deskUsers
        while true {
            let names = try users.users().map { "\($0.name) \($0.role.rawValue)" }
            dialogue.say(names.isEmpty ? "Nobody can sign in yet." : "People: \(names.joined(separator: ", "))")
            let line = try answer("Add or change a person: NAME and maker, checker or viewer; empty to continue")
            if line.isEmpty, !names.isEmpty { break }
            let words = line.split(separator: " ").map(String.init)
            do {
                guard words.count == 2, let role = Role(rawValue: words[1]) else { throw SetupError.notAPerson }
                let name = try UserName(words[0])
                try users.put(name, role, password: try dialogue.newPassword(for: name), salt: Data(random(16)))
            } catch  where dialogue.isInteractive {
                dialogue.say(dialogue.explain(error))
            }
        }
        try ServiceFile.give(users.path, users.path + ".lock", (users.path as NSString).deletingLastPathComponent)
    }
}
#endif
