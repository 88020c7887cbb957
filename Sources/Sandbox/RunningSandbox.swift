package import Foundation

/// A sandbox that serves until it is stopped.
package struct RunningSandbox: Sendable {
    package let port: Int
    private let serving: Task<Void, any Error>

    init(port: Int, serving: Task<Void, any Error>) {
        self.port = port
        self.serving = serving
    }

    /// The address `http://127.0.0.1:port`, without a trailing slash.
    package var baseURL: URL {
        var parts = URLComponents()
        parts.scheme = "http"
        parts.host = "127.0.0.1"
        parts.port = port
        guard let url = parts.url else { preconditionFailure("a loopback address with a port is a URL") }
        return url
    }

    /// Closes the port and every connection. Requests in flight get no answer.
    package func stop() async throws {
        serving.cancel()
        do {
            try await serving.value
        } catch is CancellationError {
            // A stop ends the task with this error.
        }
    }

    /// Serves until stopped, or until the waiting task is cancelled.
    package func wait() async throws {
        try await withTaskCancellationHandler {
            do {
                try await serving.value
            } catch is CancellationError {
                // A stop ends the task with this error.
            }
        } onCancel: {
            serving.cancel()
        }
    }
}
