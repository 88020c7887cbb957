import Foundation

/// What the environment can change about a test run.
package enum TestSetting: String {
    /// The seed of every test that chooses at random: a failure prints it, and the same seed repeats the run.
    case seed = "PAYOUT_TEST_SEED"
    case fuzzRounds = "PAYOUT_FUZZ_ROUNDS"
    /// The first round of a fuzzer.
    case fuzzFrom = "PAYOUT_FUZZ_FROM"
    case simulatedSeeds = "PAYOUT_SIMULATE_SEEDS"
    /// How many rounds of the inbox are simulated.
    case simulatedRounds = "PAYOUT_SIMULATE_ROUNDS"
    /// The first seed of the simulation.
    case simulatedFrom = "PAYOUT_SIMULATE_FROM"
    /// Set to 1, the simulation ends at the first broken invariant, and does not look for a shorter story.
    case simulatedStop = "PAYOUT_SIMULATE_STOP"
    case companyPeople = "PAYOUT_COMPANY_PEOPLE"
    case companyMonths = "PAYOUT_COMPANY_MONTHS"

    /// Returns the number that the environment gives, or else the usual one.
    package func number(else usual: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[rawValue].flatMap(UInt64.init) ?? usual
    }
}
