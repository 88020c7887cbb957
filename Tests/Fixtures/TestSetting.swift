import Foundation

/// The environment variables that change a test run.
package enum TestSetting: String {
    /// The seed of every test that chooses at random: a failure prints it, and the same seed repeats the run.
    case seed = "PAYOUT_TEST_SEED"
    case fuzzRounds = "PAYOUT_FUZZ_ROUNDS"
    /// The first round of a fuzzer.
    case fuzzFrom = "PAYOUT_FUZZ_FROM"
    case simulatedSeeds = "PAYOUT_SIMULATE_SEEDS"
    /// The number of simulated rounds of the inbox.
    case simulatedRounds = "PAYOUT_SIMULATE_ROUNDS"
    /// The first seed of the simulation.
    case simulatedFrom = "PAYOUT_SIMULATE_FROM"
    /// 1 ends the simulation at the first broken invariant, without a search for a shorter story.
    case simulatedStop = "PAYOUT_SIMULATE_STOP"
    case companyPeople = "PAYOUT_COMPANY_PEOPLE"
    case companyMonths = "PAYOUT_COMPANY_MONTHS"

    /// Returns the number from the environment, or the usual one.
    package func number(else usual: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[rawValue].flatMap(UInt64.init) ?? usual
    }
}
