import Foundation
import Payouts

/// Encodes a JSON document for output: indented, with sorted keys.
enum JSONText {
    static func of(_ document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self).jsonSteeringNothing
    }
}
