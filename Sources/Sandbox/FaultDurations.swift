/// The durations of timed faults, in seconds, parsed from text such as `slow=20,late-debit=30`.
package struct FaultDurations: Sendable, Equatable {
    private var set: [Fault: Duration] = [:]

    package init() {}

    package init(parsing text: String) throws(FaultPlanError) {
        for (fault, number) in try FaultNumbers(parsing: text).pairs {
            guard fault.usualDuration != nil else { throw .takesNoTime(fault) }
            guard let seconds = Double(number), (0...86400).contains(seconds) else { throw .notSeconds(fault, number) }
            set[fault] = .seconds(seconds)
        }
    }

    package subscript(fault: Fault) -> Duration {
        get { set[fault] ?? fault.usualDuration ?? .zero }
        set { set[fault] = newValue }
    }
}
