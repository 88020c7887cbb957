/// Returns a value that a test writes down itself, and ends the tests where it is not valid.
package func valid<Value>(_ make: () throws -> Value?) -> Value {
    do {
        guard let value = try make() else { preconditionFailure("a test has a value that is none") }
        return value
    } catch {
        preconditionFailure("a test has a value that is not valid: \(error)")
    }
}
