import Hummingbird

/// Keeps hold of the connection, so that a reply can be to close it.
struct SandboxContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let hangUp: @Sendable () async -> Void

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        let channel = source.channel
        let logger = source.logger
        hangUp = {
            do {
                try await channel.close()
            } catch {
                // The client was faster: the connection is closed, as it should be.
                logger.trace("connection was closed already")
            }
        }
    }
}
