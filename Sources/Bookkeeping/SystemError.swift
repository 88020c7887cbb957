import Foundation

/// An error of the operating system. It keeps the value that `errno` had when the error was created.
package struct SystemError: Error, CustomStringConvertible {
    package let code = errno

    package init() {}

    package var description: String { unsafe String(cString: strerror(code)) }
}
