/// Computes a number from the seed and the given values only. So the same seed gives the same faults and tokens,
/// whatever the order of requests.
struct SeededHash: Sendable {
    let seed: UInt64

    func value(_ parts: UInt64...) -> UInt64 {
        parts.reduce(Self.mix(seed)) { Self.mix($0 ^ Self.mix($1)) }
    }

    /// Returns a fraction from 0 up to, but not including, 1.
    func fraction(_ parts: UInt64...) -> Double {
        let bits = parts.reduce(Self.mix(seed)) { Self.mix($0 ^ Self.mix($1)) }
        return Double(bits >> 11) / Double(1 << 53)
    }

    /// The final mixing steps of SplitMix64.
    private static func mix(_ input: UInt64) -> UInt64 {
        var z = input &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
