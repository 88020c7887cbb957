import Foundation

/// Reads a file in pieces from its start, into one reused buffer.
@safe struct FilePieces: ~Copyable {
    /// The usual size of a piece. It is large enough that reading takes little time compared with processing.
    static let usualSize = 1 << 20

    private let descriptor: Int32
    private var offset = 0
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: usualSize, alignment: 16)

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// Reads the next bytes. It returns fewer than `count` only at the end of the file or of the buffer. They are valid
    /// until the next call.
    mutating func next(_ count: Int) throws(SystemError) -> UnsafeRawBufferPointer {
        var filled = 0
        while unsafe filled < min(count, memory.count) {
            let free = unsafe UnsafeMutableRawBufferPointer(rebasing: memory[filled..<min(count, memory.count)])
            let read = unsafe pread(descriptor, free.baseAddress, free.count, off_t(offset + filled))
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw SystemError() }
            if read == 0 { break }
            filled += read
        }
        offset += filled
        return unsafe UnsafeRawBufferPointer(rebasing: memory[..<filled])
    }
}
