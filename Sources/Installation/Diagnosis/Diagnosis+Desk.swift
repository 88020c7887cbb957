#if Desk
import Foundation
import NIOSSL
import Operations
import Processing
import ProgramSettings
import WebDesk

/// Checks what the desk needs.
extension Diagnosis {
    /// The time in seconds before its expiry at which a certificate is warned about.
    private static let warningTime: TimeInterval = 30 * 86_400

    /// Checks the users, the certificate and the port, if there is a desk on this machine.
    mutating func addDesk() {
        guard FileManager.default.fileExists(atPath: settings.deskUsersPath) else { return }
        do {
            let users = try settings.deskUsers.users()
            let roles = Set(users.map(\.role))
            if !roles.contains(.maker) {
                warn("users", "nobody can upload and pay: payout desk-user add NAME --role maker")
            } else if settings.rules.requiresApproval, !roles.contains(.checker) {
                warn("users", "nobody can approve at the desk: payout desk-user add NAME --role checker")
            } else {
                ok("users", "\(users.count) can sign in (\(settings.deskUsersPath))")
            }
            _ = try settings.desk()
        } catch {
            return fault("desk", .settings, explain(error))
        }
        addCertificate(at: context.time.now())
        addPort()
    }

    private mutating func addCertificate(at now: Date) {
        guard let path = settings.values.text(.deskTLSCertificate) else { return }
        do {
            guard let certificate = try NIOSSLCertificate.fromPEMFile(path).first else { return }
            let end = Date(timeIntervalSince1970: TimeInterval(certificate.notValidAfter))
            let day = Date.ISO8601FormatStyle().year().month().day().format(end)
            if end <= now {
                fault("certificate", .settings, "\(path) expired on \(day): browsers refuse the desk. Renew it")
            } else if end.timeIntervalSince(now) < Self.warningTime {
                warn("certificate", "\(path) expires on \(day): renew it, and restart the desk")
            } else {
                ok("certificate", "\(path) is valid until \(day)")
            }
        } catch {
            fault("certificate", .settings, "\(path) cannot be read as PEM")
        }
    }

    /// Says whether a program listens at the port already. It may be the desk.
    private mutating func addPort() {
        guard settings.deskHost == "127.0.0.1", let port = UInt16(settings.values.text(.deskPort) ?? "8700"), port > 0
        else { return }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var reuse: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        ok("port", bound == 0 ? "\(port) is free" : "a program listens at \(port): the desk, if it runs")
    }
}
#endif
