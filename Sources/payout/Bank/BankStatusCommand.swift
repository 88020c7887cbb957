import ArgumentParser
import MerchantAPI

struct BankStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Asks what became of a payment (method 14): by the bill's number, or by your own id.",
        discussion: "That the bank does not know it proves nothing while a request may still be on its way.")

    @Option(help: "The bill's number.")
    var billId: BillID?

    @Option(help: "Your own id of the transaction.")
    var agentTranId: AgentReference?

    @OptionGroup var bank: BankOptions

    func validate() throws {
        guard (billId == nil) != (agentTranId == nil) else {
            throw ValidationError("give either --bill-id or --agent-tran-id")
        }
    }

    func run() async throws {
        try await bank.running("status") { hand in
            guard let subject = billId.map(StatusRequest.Subject.bill) ?? agentTranId.map({ .transaction($0) }) else {
                throw CommandError(.wrongUse, "give either --bill-id or --agent-tran-id")
            }
            return try await hand.call(leaving: .statusQuery) { try await $0.status(StatusRequest(subject)) }
        }
    }
}
