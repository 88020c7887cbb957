import Foundation

/// A payment that waits to swap answers with another.
struct OpenSwap: Sendable {
    let swap: AnswerSwap
    let agentTranId: Int64
    let end: Date
}
