import Foundation

/// An error of the operating system: the value of `errno` when the error is created.
package struct SystemError: Error, CustomStringConvertible {
    package let code = errno

    package init() {}

    package var description: String { unsafe String(cString: strerror(code)) }
}
