import Foundation

extension Date {
    func advanced(by duration: Duration) -> Date {
        addingTimeInterval(duration / .seconds(1))
    }
}
