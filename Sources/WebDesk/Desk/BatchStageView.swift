import Payouts

/// The stage of a batch in two or three words, and its style.
struct BatchStageView {
    let text: String
    /// The class in the style sheet.
    let kind: String

    init(_ stage: BatchStage, of statement: BatchStatement, in w: Wording) {
        (text, kind) =
            switch stage {
            case .waitsForApproval: (w("standing.waitsForApproval"), "waiting")
            case .rejected: (w("standing.rejected"), "refused")
            case .ready: (w("standing.ready"), "waiting")
            // The batch was approved again after a correction.
            case .hasMore where statement.isApproved: (w("standing.ready"), "waiting")
            case .running: (w("standing.running"), "running")
            case .interrupted: (w("standing.interrupted"), "review")
            case .paused: (w("standing.paused"), "review")
            case .hasMore: (w("standing.hasMore"), "waiting")
            case .sent where statement[.unknown].rows > 0: (w("standing.unknown"), "unknown")
            case .sent where statement[.review].rows > 0: (w("standing.review"), "review")
            case .sent where statement[.refused].rows > 0: (w("standing.refused"), "refused")
            case .sent where statement[.paid].rows == 0: (w("standing.withdrawn"), "withdrawn")
            case .sent: (w("standing.paid"), "paid")
            }
    }
}
