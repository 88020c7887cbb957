import Fixtures
import Foundation
import Testing

@testable import WebDesk

/// Tests the pages for monitoring programs, and who may not read them.
@Suite struct MonitoringTests {
    @Test func aProgramOnThisMachineLearnsWhetherTheDeskWorks() async throws {
        let desk = try await ServedDesk { $0.metrics = { "payout_rows 1\n" } }
        let watch = desk.browser()
        let healthy = try await watch.get("/health")
        #expect(healthy.status == 200 && healthy.body == "ok\n")
        #expect(try await watch.get("/metrics").status == 404, "an approver on this machine must not learn totals")
        unsafe chmod(desk.users.path, 0o644)
        #expect(try await watch.get("/health").status == 503)
        try await desk.stop()
    }

    @Test func whoComesThroughAProxyNeedsTheToken() async throws {
        let desk = try await ServedDesk {
            $0.metrics = { "payout_rows 1\n" }
            $0.monitoringToken = "s3cret-token"
        }
        let stranger = desk.browser()
        for path in ["/health", "/metrics"] {
            for header in ["x-forwarded-for", "forwarded"] {
                #expect(try await stranger.get(path, headers: [header: "192.0.2.7"]).status == 404)
            }
            let wrong = ["x-forwarded-for": "192.0.2.7", "authorization": "Bearer other"]
            #expect(try await stranger.get(path, headers: wrong).status == 404)
            let right = ["x-forwarded-for": "192.0.2.7", "authorization": "Bearer s3cret-token"]
            #expect(try await stranger.get(path, headers: right).status == 200)
        }
        let token = ["authorization": "Bearer s3cret-token"]
        #expect(try await stranger.get("/metrics", headers: token).body == "payout_rows 1\n")
        try await desk.stop()
    }
}
