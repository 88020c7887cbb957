package import Fixtures
package import Processing
package import Sandbox

/// Everything that a seed decides about one simulated batch: the file, the bank, and the lives of the program until all
/// rows are settled. When a seed fails, a person reads the printed story.
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
    /// How long after the end of a request the bank may still make its payment, and may not know about it.
    package var lateness: Duration
    /// Whether the file is tried at a practice bank before it is paid for real.
    package var practisesFirst: Bool
    package var lives: [Life]

    /// One process: how it is started, what happens to it, and what people do after its end.
    package struct Life: Sendable {
        package var concurrency: Int
        package var ratePerSecond: Double?
        package var timeout: Duration
        package var quietPeriod: Duration
        package var whenNotFound: ReconciliationPolicy.WhenNotFound
        package var end: End
        package var clockStep: ClockStep?
        /// The damage to the log that it leaves, if it dies.
        package var harm: Deed.Harm?
        /// What people do meanwhile, with other processes.
        package var meanwhile: [Deed]
        package var afterwards: [Deed]
        /// The time between its end and the next life.
        package var pause: Duration
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

    package struct Deed: Sendable {
        package var after: Duration
        package var kind: Kind

        package enum Kind: Sendable, Hashable {
            /// Queues all refused rows again.
            case rerun
            /// A person finds out the truth about the given share of the rows that are unknown or in dispute.
            case resolve
            /// Withdraws a row; the number picks one of those that can be withdrawn.
            case withdraw(Int)
            /// Asks the bank again about the paid rows.
            case audit
            /// Deletes the ledger and imports the same file again.
            case loseLedger
            /// The same, but the send journal is lost too.
            case loseLedgerAndJournal
            /// Keeps a copy of ledger and journal.
            case copy
            /// Puts a copy back.
            case restore(Part)
            /// Changes a byte of the send journal, or deletes it.
            case harmJournal(isGone: Bool)
            /// Runs a copy of the ledger beside it.
            case runDuplicate
            /// Continues with a copy of ledger, journal and key on another machine.
            case changeMachine
            /// Runs the batch at another bank.
            case runElsewhere
            /// Tries the file at a practice bank, with a separate ledger.
            case practise
        }

        /// The part of a copy that is put back.
        package enum Part: Sendable, Hashable, CaseIterable {
            case ledger, journal, both
        }

        package enum Harm: Sendable, Hashable, CaseIterable {
            case flip, cut, delete
        }
    }
}

extension Story {
    /// Makes the story of a seed. The settings are safe: the quiet period is not shorter than the bank's lateness.
    package init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func chance(_ one: Int, in all: Int) -> Bool { Int.random(in: 1...all, using: &random) <= one }
        func seconds(_ range: ClosedRange<Double>) -> Duration { .seconds(Double.random(in: range, using: &random)) }

        self.seed = random.next()
        rows = chance(1, in: 5) ? Int.random(in: 30...80, using: &random) : Int.random(in: 1...25, using: &random)
        repeats = RepeatRule.allCases.randomElement(using: &random) ?? .reject
        latency = 0.001...(chance(1, in: 3) ? 3 : 0.2)
        practisesFirst = chance(1, in: 8)
        lateness = .seconds([0, 10, 120, 600].randomElement(using: &random) ?? 0)
        faults = [:]
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            guard let fault = Fault.allCases.randomElement(using: &random) else { break }
            faults[fault] = [0.02, 0.05, 0.15].randomElement(using: &random)
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
                concurrency: [1, 2, 4, 8, 16].randomElement(using: &random) ?? 4,
                ratePerSecond: chance(1, in: 6) ? Double.random(in: 0.5...20, using: &random) : nil,
                timeout: seconds(5...60), quietPeriod: lateness + seconds(1...600),
                whenNotFound: allowsResend && (repeatsMatter || chance(1, in: 2)) ? .resend : .review,
                end: End(using: &random),
                clockStep: chance(1, in: 5)
                    ? ClockStep(after: seconds(0...30), seconds: Double.random(in: -9000...9000, using: &random)) : nil,
                harm: chance(1, in: 4) ? Deed.Harm.allCases.randomElement(using: &random) : nil,
                meanwhile: chance(1, in: 4)
                    ? [
                        Deed(
                            after: seconds(0...20),
                            kind: [.resolve, .withdraw(Int.random(in: 0...99, using: &random))].randomElement(
                                using: &random)
                                ?? .resolve)
                    ] : [],
                afterwards: (0..<Int.random(in: 0...2, using: &random)).map { _ in
                    Deed(after: seconds(0...900), kind: Deed.Kind(using: &random))
                },
                pause: chance(1, in: 2) ? seconds(0...5) : seconds(60...7200))
        }
        // This bank pays a repeated id and denies knowing a payment, so only the ledger can prevent a double payment.
        if repeats == .doubleDebit, faults[.statusNotFound] != nil || faults[.statusFlaps] != nil {
            for index in lives.indices {
                lives[index].afterwards.removeAll(where: \.restsOnTheBanksWord)
                lives[index].harm = nil
            }
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

extension Story.Deed.Kind {
    init(using random: inout SeededGenerator) {
        switch Int.random(in: 0..<24, using: &random) {
        case 0..<5: self = .rerun
        case 5..<9: self = .resolve
        case 9..<12: self = .withdraw(Int.random(in: 0...99, using: &random))
        case 12..<14: self = .audit
        case 14: self = .loseLedger
        case 15: self = .loseLedgerAndJournal
        case 16: self = .copy
        case 17..<21: self = .restore(Story.Deed.Part.allCases.randomElement(using: &random) ?? .ledger)
        case 21: self = .harmJournal(isGone: Bool.random(using: &random))
        case 22: self = [.runDuplicate, .runElsewhere, .practise].randomElement(using: &random) ?? .runDuplicate
        default: self = .changeMachine
        }
    }
}

extension Story.Deed {
    /// Whether only the bank knows the earlier sends afterwards.
    fileprivate var restsOnTheBanksWord: Bool {
        switch kind {
        case .loseLedger, .loseLedgerAndJournal, .restore, .harmJournal, .changeMachine: true
        case .rerun, .resolve, .withdraw, .audit, .copy, .runDuplicate, .runElsewhere, .practise: false
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
            "faults: \(faultText.isEmpty ? "none" : (faultText + durationText).joined(separator: ", "))",
        ]
        for (number, life) in lives.enumerated() {
            lines.append(
                "life \(number + 1): \(life.concurrency) at once"
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
