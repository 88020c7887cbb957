/// An error that ends the setup of a service.
package enum SetupError: Error {
    case folderNotWritable(String)
    case fileNotWritable(path: String, reason: String)
    case answersEndTooEarly
    /// The person answered with something other than a name and a role.
    case notAPerson
    case bankNotAccepted([Diagnosis.Fault])
    /// A command of systemd failed after the settings were written.
    case serviceNotStarted(command: String)
}
