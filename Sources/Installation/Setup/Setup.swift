#if Desk
import Foundation
import Payouts
import ProgramSettings
import WebDesk

/// Asks the few necessary questions, tests each answer, writes the settings and starts the services.
struct Setup {
    private let console = Console.shared
    private let file: ServiceFile
    private let services: DeskService?
    private let isSandboxed: Bool
    /// The answers that settings can be read from at once.
    private var given: [Setting: String] = [:]
    /// The paths. Options cannot name them under sudo.
    private var paths: [Setting: String] = [:]

    init(file named: String?, isSandboxed: Bool) {
        file = ServiceFile(path: named ?? SettingsFile.ofService)
        services = named == nil ? DeskService(isSandboxed: isSandboxed) : nil
        self.isSandboxed = isSandboxed
    }

    mutating func run() async throws -> ExitStatus {
        try file.demandWritable()
        console.say("The settings are in \(file.path). An empty answer keeps the value in brackets.")
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
        try services?.start(console)
        console.say(services == nil ? "Start the desk with payout desk --config \(file.path)" : "The desk is at:")
        console.result("\(scheme)://\(try settings.deskAddress())/")
        return .everyRowPaid
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
            } catch let error as SettingsError where console.canAsk {
                given[setting] = before
                console.say(console.text(of: error, in: .en))
            }
        }
    }

    private func answer(_ question: String, current: String? = nil) throws(CommandError) -> String {
        guard let answer = console.ask(question + (current.map { " [\($0)]" } ?? "")) else { throw Self.noAnswer }
        return answer
    }

    private static let noAnswer = CommandError(
        .wrongUse, "the answers end too early: nothing more was changed. Run payout setup again")

    private mutating func askBank() async throws {
        while true {
            try ask(.bankURL, "Address of the bank")
            try ask(.bankUsername, "Login of your company at the bank")
            guard let password = console.askHidden("Password (empty: as before)") else { throw Self.noAnswer }
            if !password.isEmpty { given[.bankPassword] = password }
            let program = Composition(try settings())
            var diagnosis = Diagnosis()
            await diagnosis.addBank(of: program)
            console.say(diagnosis.text)
            if diagnosis.status == .everyRowPaid { return }
            guard console.canAsk else {
                throw CommandError(diagnosis.status, "the bank does not accept these answers: nothing was changed")
            }
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
            } catch let error as CommandError where console.canAsk {
                console.say(error.text(in: .en))
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
            console.say(names.isEmpty ? "Nobody can sign in yet." : "People: \(names.joined(separator: ", "))")
            let line = try answer("Add or change a person: NAME and maker, checker or viewer; empty to continue")
            if line.isEmpty, !names.isEmpty { break }
            let words = line.split(separator: " ").map(String.init)
            do {
                guard words.count == 2, let role = Role(rawValue: words[1]) else {
                    throw CommandError(
                        .wrongUse, "write a name and maker, checker or viewer, for example: dilnoza maker")
                }
                let name = try UserName(words[0])
                try users.put(name, role, password: try newPassword(for: name))
            } catch  where console.canAsk {
                console.say(console.text(of: error, in: .en))
            }
        }
        try ServiceFile.give(users.path, users.path + ".lock", (users.path as NSString).deletingLastPathComponent)
    }
}
#endif
