import Fixtures
import Foundation
import Sandbox
import Testing

/// docs/openapi.yaml lists what the sandbox serves. `make api-check` compares the answers with it.
@Suite struct DescriptionTests {
    @Test func thePathsDescribedAreThePathsServed() throws {
        let page = Checkout.file("docs/openapi.yaml")
        var described: Set<String> = []
        var path = ""
        for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("  /"), line.hasSuffix(":") { path = line.dropFirst(2).dropLast() + "" }
            if ["    get:", "    put:", "    post:", "    delete:", "    patch:"].contains(line) {
                described.insert("\(line.dropFirst(4).dropLast().uppercased()) \(path)")
            }
        }
        let served = RecordedRequest.Path.allCases.compactMap(\.route).map { "\($0.method) \($0.path)" }
        #expect(served.count == 15)
        #expect(described == Set(served))
    }

    @Test func everyPathIsServedByItsMethodAlone() throws {
        let merchant = try Merchant()
        for route in RecordedRequest.Path.allCases.compactMap(\.route) {
            let other = route.method == "GET" ? "POST" : "GET"
            let reply = merchant.bank.take(ArrivedRequest(method: other, path: route.path))
            #expect(reply.status == 405)
            #expect(reply.headers.contains { $0.name == "Allow" && $0.value == route.method })
            let unknown = merchant.bank.take(ArrivedRequest(method: route.method, path: route.path + "/x"))
            #expect(unknown.status == 404)
        }
    }

    @Test func everyMethodButThoseOfTokensNeedsAToken() throws {
        let merchant = try Merchant()
        for path in RecordedRequest.Path.allCases where ![.login, .refresh, .other].contains(path) {
            let route = try #require(path.route)
            for authorization in [nil, "Bearer x", "Basic x"] {
                let reply = merchant.bank.take(
                    ArrivedRequest(method: route.method, path: route.path, authorization: authorization))
                #expect(try Answer(reply).word == "401 bad_credentials")
            }
        }
    }
}
