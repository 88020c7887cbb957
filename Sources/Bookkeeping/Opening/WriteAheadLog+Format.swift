/// The format of the log. See section 4 of https://sqlite.org/fileformat2.html
extension WriteAheadLog {
    /// The first bytes of a log.
    struct Header {
        static let size = 32
        private static let magic: UInt32 = 0x377f_0682
        private static let version: UInt32 = 3_007_000
        private static let summedSize = 24

        let order: ByteOrder
        let salts: UInt64
        let checksum: Checksum
        let frameSize: Int

        /// Reads a header. Returns `nil` if SQLite would read nothing of the log.
        init?(_ bytes: UnsafeRawBufferPointer) {
            let magic = unsafe bytes.word(at: 0)
            guard magic & ~1 == Self.magic, unsafe bytes.word(at: 4) == Self.version else { return nil }
            order = magic & 1 == 1 ? .bigEndian : .littleEndian
            let pageSize = unsafe Int(bytes.word(at: 8))
            guard FrameHeader.pageSizes.contains(pageSize), pageSize & (pageSize - 1) == 0 else { return nil }
            frameSize = FrameHeader.size + pageSize
            salts = unsafe bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
            checksum = unsafe Checksum(bytes, at: Self.summedSize)
            guard unsafe Checksum.zero.adding(bytes[..<Self.summedSize], order) == checksum else { return nil }
        }
    }

    /// The header of each frame, before its page.
    @safe struct FrameHeader {
        static let size = 24
        static let pageSizes = 512...65_536
        static let smallestFrame = size + pageSizes.lowerBound
        private static let summedSize = 8

        let pageNumber: UInt32
        let isCommit: Bool
        let salts: UInt64
        let checksum: Checksum
        /// The part of the header that the checksum covers.
        let summed: Slice<UnsafeRawBufferPointer>

        init(_ bytes: UnsafeRawBufferPointer) {
            pageNumber = unsafe bytes.word(at: 0)
            isCommit = unsafe bytes.word(at: 4) != 0
            salts = unsafe bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            checksum = unsafe Checksum(bytes, at: 16)
            unsafe summed = unsafe bytes[..<Self.summedSize]
        }
    }

    /// The byte order of the checksum's words. Everything else in a log is big-endian.
    enum ByteOrder {
        case littleEndian, bigEndian
    }

    /// The running checksum of the log. Each frame stores its value up to that frame.
    struct Checksum: Equatable {
        private var first: UInt32
        private var second: UInt32

        static let zero = Checksum(first: 0, second: 0)

        private init(first: UInt32, second: UInt32) {
            self.first = first
            self.second = second
        }

        init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
            unsafe self.init(first: bytes.word(at: offset), second: bytes.word(at: offset + 4))
        }

        /// Adds bytes to the checksum.
        /// - Parameter bytes: a multiple of eight bytes.
        func adding(_ bytes: Slice<UnsafeRawBufferPointer>, _ order: ByteOrder) -> Checksum {
            let bytes = unsafe UnsafeRawBufferPointer(rebasing: bytes)
            return switch order {
            case .littleEndian: unsafe adding(bytes) { UInt32(littleEndian: $0) }
            case .bigEndian: unsafe adding(bytes) { UInt32(bigEndian: $0) }
            }
        }

        @inline(__always)
        private func adding(_ bytes: UnsafeRawBufferPointer, _ value: (UInt32) -> UInt32) -> Checksum {
            var (first, second) = (first, second)
            var offset = 0
            while offset < bytes.count {
                unsafe first &+= value(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) &+ second
                unsafe second &+= value(bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)) &+ first
                offset += 8
            }
            return Checksum(first: first, second: second)
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func word(at offset: Int) -> UInt32 {
        unsafe UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
