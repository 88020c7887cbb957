package import Fixtures
package import Operations
import PaymentValues
import Payouts
package import Processing
package import Sandbox

/// Everything that a seed decides: the file, the bank, the people, and each life of the program. It is printed when a
/// seed fails.
package struct Story: Sendable {
    /// Decides the order of tasks and the targets of each fault.
    package var seed: UInt64
    package var rows: Int
    package var repeats: RepeatRule
    /// The delay of each direction between program and bank, in seconds.
    package var latency: ClosedRange<Double>
    package var faults: [Fault: Double]
    package var durations: [Fault: Duration]
    package var tokenLifetimeSeconds: Int64
    /// The time after the end of a request in which the bank may still make the payment without knowing about it yet.
    package var lateness: Duration
    /// Whether the file is tried at a practice bank before it is paid for real.
    package var practisesFirst: Bool
    /// Whether a second person must approve the batch.
    package var requiresApproval: Bool
    /// Whether the file has a row that a person must look at.
    package var hasWarning: Bool
    /// The number of rows with a card that the bank refuses until it is corrected.
    package var badCards: Int
    /// Whether the file is dropped into an inbox. Otherwise a person imports it.
    package var usesInbox: Bool
    package var lives: [Life]

    /// One process: what it does, what happens to it, and what people do after it.
    package struct Life: Sendable {
        /// The work of the process.
        package var work = Work.pay
        /// The consent of the person who starts it.
        package var agreement = Agreement.beforehand(acceptsWarnings: true)
        package var limits = SendingRules.Limits()
        package var concurrency: Int
        package var ratePerSecond: Double?
        package var timeout: Duration
        package var quietPeriod: Duration
        package var whenNotFound: ReconciliationPolicy.WhenNotFound
        package var end: End
        package var clockStep: ClockStep?
        /// The harm to its log if it crashes.
        package var harm: PersonAction.Harm?
        /// The acts of people in other processes while it runs.
        package var meanwhile: [PersonAction]
        package var afterwards: [PersonAction]
        /// The actions between its end and the next life.
        package var pause: Duration
    }

    package enum Work: Sendable, Hashable {
        case pay
        /// Pays refused rows again. The number picks one to be corrected.
        case rerun(correcting: Int?)
        case reconcile(asksAboutPaid: Bool)
        /// One round of the inbox. It dies after the given step, if it takes that step.
        case inbox(diesAfter: Inbox.Step?)
    }

    package enum Agreement: Sendable, Hashable {
        case beforehand(acceptsWarnings: Bool)
        /// The program asks, and the person answers.
        case asked(agrees: Bool)
        /// The person was shown the totals elsewhere, perhaps of another moment.
        case confirmed(isOutOfDate: Bool)
    }

    package enum End: Sendable, Hashable {
        /// The process ends normally.
        case finishes
        /// A person stops it.
        case stopped(after: Duration)
        /// The process is killed, or the machine loses power, just before the given write or sync of its ledger.
        case cut(LossyDisk.Cut, atOperation: Int)
        /// The same, but between two writes.
        case cutLater(LossyDisk.Cut, after: Duration)
        case syncFails(Int)
        case diskIsFull(atWrite: Int)
    }

    package struct ClockStep: Sendable {
        package var after: Duration
        package var seconds: Double
    }

    package struct PersonAction: Sendable {
        package var after: Duration
        package var kind: Kind

        package enum Kind: Sendable, Hashable {
            /// All refused rows are paid again.
            case rerun
            /// A refused row is corrected and paid again. The number picks the row and what is changed.
            case correct(Int)
            /// A second person tries to approve the present batch. The number chooses the person.
            case approve(Int)
            /// Somebody else pays the batch at the same time.
            case pay
            /// The file is dropped into the inbox once more. The number picks its name.
            case dropAgain(Int)
            /// A person finds out which unknown rows and rows for review are paid.
            case resolve
            /// A row is withdrawn. The number picks it.
            case withdraw(Int)
            /// Asks the bank again about the paid rows.
            case audit
            /// Deletes the ledger and imports the same file again.
            case loseLedger
            /// The same, but the send journal is lost too.
            case loseLedgerAndJournal
            /// Keeps a copy of ledger and journal.
            case copy
            /// A copy is restored.
            case restore(Part)
            /// Changes a byte of the send journal, or deletes it.
            case harmJournal(isGone: Bool)
            /// Runs a copy of the ledger beside it.
            case runDuplicate
            /// Work continues on another machine, with a copy of ledger, journal and key.
            case changeMachine
            /// Somebody tries to pay the batch at another bank.
            case runElsewhere
            /// The file is paid at a practice bank, with a separate ledger.
            case practise
        }

        /// The files of a copy that are restored.
        package enum Part: Sendable, Hashable, CaseIterable {
            case ledger, journal, both
        }

        package enum Harm: Sendable, Hashable, CaseIterable {
            case flip, cut, delete
        }
    }
}

extension Story {
    /// Makes a story from a number. The settings are safe: the quiet period is never shorter than the bank's delay.
    package init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func chance(_ one: Int, in all: Int) -> Bool { Int.random(in: 1...all, using: &random) <= one }
        func seconds(_ range: ClosedRange<Double>) -> Duration { .seconds(Double.random(in: range, using: &random)) }

        self.seed = random.next()
        rows = chance(1, in: 5) ? Int.random(in: 30...80, using: &random) : Int.random(in: 1...25, using: &random)
        repeats = RepeatRule.allCases.randomElement(using: &random) ?? .reject
        latency = 0.001...(chance(1, in: 3) ? 3 : 0.2)
        practisesFirst = chance(1, in: 8)
        requiresApproval = chance(1, in: 3)
        hasWarning = chance(1, in: 3)
        badCards = chance(1, in: 2) ? Int.random(in: 1...3, using: &random) : 0
        let usesInbox = chance(1, in: 3)
        self.usesInbox = usesInbox
        let rows = rows
        lateness = .seconds([0, 10, 120, 600].randomElement(using: &random) ?? 0)
        faults = [:]
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            guard let fault = Fault.allCases.randomElement(using: &random) else { break }
            faults[fault] = [0.02, 0.05, 0.15].randomElement(using: &random)
            // Status queries are rare, so a rarer fault would hardly ever occur.
            if fault.request == .status { faults[fault] = 0.2 }
        }
        if let repeated = faults.keys.filter(\.needsEarlierSend).min(by: { $0.rawValue < $1.rawValue }) {
            // This fault affects only repeated sends, so these must happen.
            faults = [repeated: 0.5, .closeBeforeDebit: 0.3]
            if repeats == .doubleDebit { repeats = .reject }
        }
        tokenLifetimeSeconds = [20, 60, 86_398].randomElement(using: &random) ?? 60
        if faults[.refreshRefused] != nil {
            // This fault affects only a token that is used longer than its lifetime.
            faults[.refreshRefused] = 0.5
            tokenLifetimeSeconds = 20
            latency = 0.001...3
        }
        // A process logs in once, so a rarer fault would hardly ever occur.
        if faults[.loginRefused] != nil { faults[.loginRefused] = 0.3 }
        // Makes answers and silences end within the timeout as often as after it.
        durations = [
            .connectionRefused: seconds(0...20), .slow: seconds(0...90), .byteByByte: seconds(0.001...0.2),
            .swappedAnswers: seconds(0...5), .statusHang: seconds(0...120), .loginRefused: seconds(0...120),
            .reversedLater: seconds(0...3600), .lateDebit: lateness, .statusNotFound: lateness,
        ]
        let lateness = lateness
        let allowsResend = repeats != .doubleDebit
        let repeatsMatter = faults.keys.contains { $0.needsEarlierSend }
        lives = (0..<Int.random(in: 1...5, using: &random)).map { _ in
            Life(
                work: Work(usesInbox: usesInbox, using: &random), agreement: Agreement(using: &random),
                limits: chance(1, in: 6) ? SendingRules.Limits(rows: rows, using: &random) : .init(),
                concurrency: [1, 2, 4, 8, 16].randomElement(using: &random) ?? 4,
                ratePerSecond: chance(1, in: 6) ? Double.random(in: 0.5...20, using: &random) : nil,
                timeout: seconds(5...60), quietPeriod: lateness + seconds(1...600),
                whenNotFound: allowsResend && (repeatsMatter || chance(1, in: 2)) ? .resend : .review,
                end: End(using: &random),
                clockStep: chance(1, in: 5)
                    ? ClockStep(after: seconds(0...30), seconds: Double.random(in: -9000...9000, using: &random)) : nil,
                harm: chance(1, in: 4) ? PersonAction.Harm.allCases.randomElement(using: &random) : nil,
                meanwhile: chance(1, in: 3)
                    ? [PersonAction(after: seconds(0...20), kind: PersonAction.Kind(meanwhileUsing: &random))] : [],
                afterwards: (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    PersonAction(after: seconds(0...900), kind: PersonAction.Kind(using: &random))
                },
                pause: chance(1, in: 2) ? seconds(0...5) : seconds(60...7200))
        }
        // The next round then meets a file that is paid already.
        for index in lives.indices where usesInbox && chance(1, in: 2) {
            lives[index].afterwards.append(
                PersonAction(after: seconds(0...60), kind: .dropAgain(Int.random(in: 0...99, using: &random))))
        }
        // This bank pays a repeated id, and denies payments that it made. So only the ledger prevents a second payment.
        if repeats == .doubleDebit, faults[.statusNotFound] != nil || faults[.statusFlaps] != nil {
            for index in lives.indices {
                lives[index].afterwards.removeAll(where: \.restsOnTheBanksWord)
                lives[index].harm = nil
            }
        }
    }
}

extension Story {
    /// Makes a story of few payouts. Each life is a round of the inbox with one fault, and the file is dropped again
    /// and again. The send journal and the log are not damaged here: a person would have to act after each damage.
    package init(ofInbox seed: UInt64) {
        self.init(seed: seed)
        var random = SeededGenerator(seed: seed)
        usesInbox = true
        rows = Int.random(in: 1...6, using: &random)
        badCards = min(badCards, 1)
        let lives = lives
        self.lives = (0..<10).map { number in
            var life = lives[number % lives.count]
            let step = Inbox.Step.allCases.randomElement(using: &random)
            // Otherwise the round ends as the life does: the disk, a signal or a kill ends it somewhere.
            let diesAtStep = life.end == .finishes || Bool.random(using: &random)
            if diesAtStep { life.end = .finishes }
            life.work = .inbox(diesAfter: diesAtStep ? step : nil)
            life.harm = nil
            life.afterwards.removeAll { [.harmJournal(isGone: true), .harmJournal(isGone: false)].contains($0.kind) }
            life.afterwards.append(
                PersonAction(after: .seconds(60), kind: .dropAgain(Int.random(in: 0...99, using: &random))))
            return life
        }
    }
}

extension Story.End {
    init(using random: inout SeededGenerator) {
        let operation = Int.random(in: 1...250, using: &random)
        let after = Duration.seconds(Double.random(in: 0...30, using: &random))
        let cut = LossyDisk.Cut.allCases.randomElement(using: &random) ?? .kill
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<3: self = .cut(cut, atOperation: operation)
        case 3..<5: self = .cutLater(cut, after: after)
        case 5: self = .stopped(after: after)
        case 6: self = .syncFails(Int.random(in: 1...40, using: &random))
        case 7: self = .diskIsFull(atWrite: operation)
        default: self = .finishes
        }
    }
}

extension Story.Work {
    init(usesInbox: Bool, using random: inout SeededGenerator) {
        let number = Int.random(in: 0...99, using: &random)
        switch number % 10 {
        case 0: self = .rerun(correcting: nil)
        case 1, 2: self = .rerun(correcting: number)
        case 3: self = .reconcile(asksAboutPaid: number > 50)
        default:
            guard usesInbox else {
                self = .pay
                return
            }
            // A file is paid once, and the other steps come more often.
            let steps: [Inbox.Step?] = Inbox.Step.allCases + [.paid, .paid, nil, nil]
            self = .inbox(diesAfter: steps.randomElement(using: &random) ?? nil)
        }
    }
}

extension Story.Agreement {
    init(using random: inout SeededGenerator) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: self = .beforehand(acceptsWarnings: false)
        case 2: self = .asked(agrees: true)
        case 3: self = .asked(agrees: false)
        case 4, 5: self = .confirmed(isOutOfDate: false)
        case 6: self = .confirmed(isOutOfDate: true)
        default: self = .beforehand(acceptsWarnings: true)
        }
    }
}

extension SendingRules.Limits {
    /// Chooses a limit near the totals of a batch with so many rows.
    init(rows: Int, using random: inout SeededGenerator) {
        let share = Double.random(in: 0.3...1.2, using: &random)
        let sum = (2..<(rows + 2)).reduce(0) { $0 + Samples.payout(row: $1).amount.count }
        let part = Tiyin(Int64(Double(sum) * share))
        switch Int.random(in: 0..<3, using: &random) {
        case 0: self.init(row: Tiyin(Int64(Double(Samples.payout(row: rows + 1).amount.count) * share)))
        case 1: self.init(batch: part)
        default: self.init(day: part)
        }
    }
}

extension Story.PersonAction.Kind {
    /// Draws an act of a person while a process works on the batch.
    init(meanwhileUsing random: inout SeededGenerator) {
        let number = Int.random(in: 0...99, using: &random)
        self =
            [.resolve, .withdraw(number), .withdraw(number), .pay, .approve(number)].randomElement(using: &random)
            ?? .resolve
    }

    init(using random: inout SeededGenerator) {
        let number = Int.random(in: 0...99, using: &random)
        switch Int.random(in: 0..<36, using: &random) {
        case 0..<5: self = .rerun
        case 24..<28: self = .correct(number)
        case 28..<34: self = .approve(number)
        case 34, 35: self = .dropAgain(number)
        case 5..<9: self = .resolve
        case 9..<12: self = .withdraw(number)
        case 12..<14: self = .audit
        case 14: self = .loseLedger
        case 15: self = .loseLedgerAndJournal
        case 16: self = .copy
        case 17..<21: self = .restore(Story.PersonAction.Part.allCases.randomElement(using: &random) ?? .ledger)
        case 21: self = .harmJournal(isGone: Bool.random(using: &random))
        case 22: self = [.runDuplicate, .runElsewhere, .practise].randomElement(using: &random) ?? .runDuplicate
        default: self = .changeMachine
        }
    }
}

extension Story.PersonAction {
    /// Whether afterwards only the bank knows what was sent.
    fileprivate var restsOnTheBanksWord: Bool {
        switch kind {
        case .loseLedger, .loseLedgerAndJournal, .restore, .harmJournal, .changeMachine: true
        case .rerun, .correct, .approve, .pay, .dropAgain, .resolve, .withdraw, .audit, .copy, .runDuplicate,
            .runElsewhere, .practise:
            false
        }
    }
}

extension Story: CustomStringConvertible {
    package var description: String {
        let faultText = faults.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue)=\(Self.rounded($0.value))" }
        let durationText = durations.filter { faults[$0.key] != nil }.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue) takes \(Self.text($0.value))" }
        var lines = [
            "\(rows) rows; a bank that on a repeated id does “\(repeats)”, late by up to \(Self.text(lateness)); each way takes "
                + "\(latency.lowerBound) to \(latency.upperBound) s; tokens live \(tokenLifetimeSeconds) s",
            "\(usesInbox ? "the file is dropped into the inbox" : "a person imports the file")"
                + (hasWarning ? ", which has a warning" : "") + (badCards > 0 ? ", with \(badCards) bad cards" : "")
                + (requiresApproval ? "; a second person must approve it" : ""),
            "faults: \(faultText.isEmpty ? "none" : (faultText + durationText).joined(separator: ", "))",
        ]
        for (number, life) in lives.enumerated() {
            lines.append(
                "life \(number + 1): \(life.work), \(life.agreement), \(life.limits); \(life.concurrency) at once"
                    + (life.ratePerSecond.map { ", \(Self.rounded($0)) a second" } ?? "")
                    + ", timeout \(Self.text(life.timeout)), quiet period \(Self.text(life.quietPeriod)), not found: "
                    + "\(life.whenNotFound.rawValue); \(life.end.text)")
            if let step = life.clockStep {
                lines.append("  after \(Self.text(step.after)) the clock steps by \(Self.rounded(step.seconds)) s")
            }
            if let harm = life.harm { lines.append("  the log that it leaves when it dies: \(harm)") }
            lines += life.meanwhile.map { "  meanwhile, after \(Self.text($0.after)): \($0.kind)" }
            lines += life.afterwards.map { "  afterwards, after \(Self.text($0.after)): \($0.kind)" }
            lines.append("  then a pause of \(Self.text(life.pause))")
        }
        return lines.joined(separator: "\n")
    }

    static func text(_ duration: Duration) -> String { "\(rounded(duration / .seconds(1))) s" }

    private static func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}

extension Story.End {
    fileprivate var text: String {
        switch self {
        case .finishes: "it comes to its own end"
        case .stopped(let after): "a person stops it after \(Story.text(after))"
        case .cut(let cut, let operation): "\(cut) before write \(operation) of its ledger"
        case .cutLater(let cut, let after): "\(cut) after \(Story.text(after))"
        case .syncFails(let sync): "fsync \(sync) fails"
        case .diskIsFull(let write): "the disk is full at write \(write)"
        }
    }
}
