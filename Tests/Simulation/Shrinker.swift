import Operations
import Processing
import Sandbox

/// Finds the shortest story that still fails, by trying simpler ones.
package struct Shrinker {
    let fails: (Story) -> Bool

    package init(fails: @escaping (Story) -> Bool) {
        self.fails = fails
    }

    package func shrink(_ story: Story) -> Story {
        var smallest = story
        // Each round must find something simpler. The limit is safe, because only so much can be removed from a story.
        for _ in 0..<60 {
            guard let simpler = Self.simpler(than: smallest).first(where: fails) else { break }
            smallest = simpler
        }
        return smallest
    }

    /// Returns the stories with one part less, the largest parts first.
    private static func simpler(than story: Story) -> [Story] {
        var stories: [Story] = []
        func add(_ change: (inout Story) -> Void) {
            var other = story
            change(&other)
            stories.append(other)
        }
        if story.lives.count > 1 {
            for index in story.lives.indices.reversed() { add { $0.lives.remove(at: index) } }
        }
        for fault in story.faults.keys.sorted(by: { $0.rawValue < $1.rawValue }) { add { $0.faults[fault] = nil } }
        for rows in [1, 2, 5, story.rows / 2, story.rows - 1] where (1..<story.rows).contains(rows) {
            add { $0.rows = rows }
        }
        if story.practisesFirst { add { $0.practisesFirst = false } }
        if story.requiresApproval { add { $0.requiresApproval = false } }
        if story.badCards > 0 { add { $0.badCards = 0 } }
        if story.hasWarning { add { $0.hasWarning = false } }
        for index in story.lives.indices {
            let life = story.lives[index]
            if life.limits.isSet { add { $0.lives[index].limits = .init() } }
            if life.agreement != .beforehand(acceptsWarnings: true) {
                add { $0.lives[index].agreement = .beforehand(acceptsWarnings: true) }
            }
            if life.clockStep != nil { add { $0.lives[index].clockStep = nil } }
            if life.harm != nil { add { $0.lives[index].harm = nil } }
            if life.ratePerSecond != nil { add { $0.lives[index].ratePerSecond = nil } }
            for action in life.meanwhile.indices { add { $0.lives[index].meanwhile.remove(at: action) } }
            for action in life.afterwards.indices { add { $0.lives[index].afterwards.remove(at: action) } }
            if life.end != .finishes { add { $0.lives[index].end = .finishes } }
            if life.concurrency > 1 { add { $0.lives[index].concurrency = 1 } }
            if life.whenNotFound != .review { add { $0.lives[index].whenNotFound = .review } }
        }
        return stories
    }
}

extension SendingRules.Limits {
    fileprivate var isSet: Bool { row != nil || batch != nil || day != nil }
}
