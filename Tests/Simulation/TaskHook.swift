import Foundation

/// Lets a thread run the Swift tasks that are started on it in its own order, instead of in the runtime's thread pool.
/// Other threads are not affected.
///
/// The runtime has this hook for its own tests and for executors that replace the pool. A task executor is not enough:
/// unstructured tasks, which a run also uses, do not inherit one.
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

    /// Runs `body` while `loop` runs the tasks of this thread.
    static func with<T>(_ loop: VirtualLoop, _ body: () throws -> T) rethrows -> T {
        precondition(isInstalled, "this Swift runtime has no hook for tasks")
        unsafe pthread_setspecific(key, Unmanaged.passUnretained(loop).toOpaque())
        defer { pthread_setspecific(key, nil) }
        return try body()
    }
}
