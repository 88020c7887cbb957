import Foundation

/// An error of the operating system: the value of `errno` when the error is created.
struct SystemError: Error, CustomStringConvertible {
    let code = errno

    var description: String { unsafe String(cString: strerror(code)) }
}
