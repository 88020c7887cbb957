import ArgumentParser
import Bookkeeping
import Foundation
import Payouts
import Processing

struct LedgerRecoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Says what happened to the ledger, where only a person can know it. Nothing is sent.",
        discussion: """
            Beside the key lies a send journal: it knows what was sent, also where the ledger has forgotten it. Where one of the \
            two is lost or damaged, payout sends nothing until you say what happened. When in doubt, say --older: it costs a \
            question to the bank for each row, and pays nothing twice as long as the bank knows its own payouts.
            """)

    enum Word: String, EnumerableFlag {
        case newest, older, lost

        static func help(for value: Word) -> ArgumentHelp? {
            switch value {
            case .newest: "No newer copy of this ledger was ever used: write its send journal again from it."
            case .older:
                "An older copy was put back, or nobody knows: have the bank asked about each row before it is sent. Sets a damaged log aside."
            case .lost: "The ledger is gone: begin a new one that takes over its send journal."
            }
        }
    }

    @Flag(exclusivity: .exclusive)
    var word: Word

    @OptionGroup var options: LedgerOptions

    func run() async throws {
        try await ending {
            var settings = try await options.settings()
            settings.opening.isRunner = true
            let path = settings.ledgerPath
            // A damaged log is looked at by nobody before it is set aside.
            let exists = try word == .lost ? Ledger.exists(at: path) : FileManager.default.fileExists(atPath: path)
            switch word {
            case .lost:
                guard !exists else {
                    throw Failure(
                        .wrongUse,
                        "there is a ledger at \(settings.ledgerPath): move it away first if it is not the one to go on with"
                    )
                }
                settings.opening.creation = .replacingLost
            case .newest: settings.opening.recovery = .newest
            case .older: settings.opening.recovery = .older
            }
            let services = Services(settings)
            if word != .lost, !exists {
                throw Failure(.notFound, "there is no ledger at \(settings.ledgerPath): --ledger names another")
            }
            let lock = try services.runnerLock(for: "recovery")
            defer { lock.release() }
            if word == .lost {
                let kept = try Ledger.setEmptyFileAside(at: path, at: services.time.now())
                if !kept.isEmpty { services.console.say("kept as \(kept.joined(separator: ", "))") }
            }
            if word == .older,
                let log = try Ledger.setDamagedLogAside(ofLedgerAt: settings.ledgerPath, at: services.time.now())
            {
                services.console.say("the damaged log is kept as \(log)")
            }
            let ledger = try services.openLedger()
            tell(services, try ledger.forgottenBatches())
            try ledger.close()
            return .everyRowPaid
        }
    }

    private func tell(_ services: Services, _ forgotten: [ForgottenBatch]) {
        switch word {
        case .newest: services.console.say("the send journal is written again from the ledger; payout run goes on")
        case .older:
            services.console.say(
                "the bank is asked about each row before it is sent, in every batch that is not settled. Wait for the request timeout "
                    + "and the quiet period before the next run: what was sent last may still be on its way")
        case .lost: services.console.say("\(services.settings.ledgerPath) is a new ledger")
        }
        guard !forgotten.isEmpty else { return }
        services.console.say(
            "the send journal knows batches that the ledger does not have. Import the same files under the same names; the rows "
                + "that were sent are unknown then, and the bank is asked about them:")
        for batch in forgotten {
            let sent = batch.isClosed ? "all of it was settled" : "\(batch.sentRows) rows were sent"
            services.console.say("  \(batch.reference): \(sent)")
        }
    }
}
