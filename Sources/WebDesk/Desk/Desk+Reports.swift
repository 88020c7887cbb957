import Bookkeeping
import Foundation
import Hummingbird
import Operations
import Payouts
import Reports

/// The routes that download reports.
extension Desk {
    func addReports(to router: Router<DeskContext>) {
        for format in [ReportFormat.xlsx, .csv, .json] {
            router.get("batches/:batch/report.\(format.rawValue)") { request, context in
                let session = try context.signedIn()
                let batch = try self.batch(context)
                let view = try await self.view(of: batch)
                guard !view.hidesTotals(from: session.user) else { throw DeskRefusal.notBeforeApproval }
                try self.record(.downloadReport, by: session, context, batch: batch.reference, detail: format.rawValue)
                let (language, operations) = (context.language, self.operations.acting(as: session.user.who))
                let bytes = try await self.offload {
                    try self.written("report.\(format.rawValue)") { path in
                        _ = try WriteReport(operations).run(
                            on: batch.reference.name, format: format, language: language, to: path)
                    }
                }
                return self.download(bytes, as: "\(batch.reference).\(format.rawValue)", format: format)
            }
        }
    }

    /// Returns the bytes that `write` writes to a temporary file, and deletes the file.
    func written(_ name: String, by write: (String) throws -> Void) throws -> ByteBuffer {
        let id = Token(random: random).text
        let path = configuration.staging.place(id: id, name: name)
        do {
            try write(path)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            try configuration.staging.erase(id: id)
            return ByteBuffer(bytes: bytes)
        } catch {
            try configuration.staging.erase(id: id)
            throw error
        }
    }

    func download(_ bytes: ByteBuffer, as name: String, format: ReportFormat) -> Response {
        let name = FileName(name)
        let type =
            switch format {
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case .csv: "text/csv; charset=utf-8"
            case .json: "application/json"
            }
        return Response(
            status: .ok,
            headers: [
                .contentType: type,
                .contentDisposition:
                    "attachment; filename=\"report.\(format.rawValue)\"; filename*=UTF-8''\(Self.escaped(name.description))",
            ],
            body: ResponseBody(byteBuffer: bytes))
    }
}
