import ArgumentParser
import Payouts

extension RowSelection: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}
