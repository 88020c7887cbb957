import Foundation

/// Why a call of the operating system failed, taken at the moment it is made.
struct SystemError: Error, CustomStringConvertible {
    let code = errno

    var description: String { unsafe String(cString: strerror(code)) }
}
