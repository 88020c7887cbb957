import Foundation

/// Lets a thread run the Swift tasks that are started on it, in its own order, instead of leaving them to the runtime's
/// pool of threads. Other threads are not touched.
///
/// The runtime has this hook for its own tests and for executors that replace the pool; a task executor would not do, for
/// unstructured tasks, of which a run has some, do not inherit one.
enum TaskHook {
    private typealias Original = @convention(thin) (UnownedJob) -> Void
    private typealias Hook = @convention(thin) (UnownedJob, Original) -> Void

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        unsafe pthread_key_create(&key, nil)
        return key
    }()

    private static let isInstalled: Bool = {
        guard let symbol = unsafe dlsym(nil, "swift_task_enqueueGlobal_hook") else { return false }
        unsafe symbol.assumingMemoryBound(to: Hook?.self).pointee = { job, original in
            guard let loop = TaskHook.loop else { return original(job) }
            loop.add(job)
        }
        return true
    }()

    /// The loop of this thread.
    static var loop: VirtualLoop? {
        unsafe pthread_getspecific(key).map { unsafe Unmanaged<VirtualLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Runs `body` with the tasks of this thread in the hands of `loop`.
    static func with<T>(_ loop: VirtualLoop, _ body: () throws -> T) rethrows -> T {
        precondition(isInstalled, "this Swift runtime has no hook for tasks")
        unsafe pthread_setspecific(key, Unmanaged.passUnretained(loop).toOpaque())
        defer { pthread_setspecific(key, nil) }
        return try body()
    }
}
