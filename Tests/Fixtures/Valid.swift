/// Returns a value that is written in a test. Ends the tests if it is invalid.
package func valid<Value>(_ make: () throws -> Value?) -> Value {
    do {
        guard let value = try make() else { preconditionFailure("a test has a value that is none") }
        return value
    } catch {
        preconditionFailure("a test has a value that is not valid: \(error)")
    }
}
