/// Somebody who attends a run from elsewhere than a terminal.
package struct RunAttendance: Sendable {
    /// Stops the claiming of further rows.
    package let stop: StopSignal
    /// Called when nothing that the asking person could be told stands in the way any more.
    package let begun: @Sendable () -> Void
    /// What became of the rows that were to be run again.
    package let answered: @Sendable ([Int: Rerun.Answer]) -> Void

    package init(
        stop: StopSignal, begun: @escaping @Sendable () -> Void,
        answered: @escaping @Sendable ([Int: Rerun.Answer]) -> Void
    ) {
        self.stop = stop
        self.begun = begun
        self.answered = answered
    }
}
