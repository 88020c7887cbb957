import ArgumentParser
import MerchantAPI

struct BankStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Asks for the status of a payment by the bill's number or your own id (method 14).",
        discussion: "“Not found” proves nothing while a request may still be in flight.")

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
        try await bank.running("status") { call in
            guard let subject = billId.map(StatusRequest.Subject.bill) ?? agentTranId.map({ .transaction($0) }) else {
                throw CommandError(.wrongUse, "give either --bill-id or --agent-tran-id")
            }
            return try await call.send(leaving: .statusQuery) { try await $0.status(StatusRequest(subject)) }
        }
    }
}
