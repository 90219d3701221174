import Foundation

@main
struct Bench {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4 else {
            print("usage: Bench polywrite|urlsession SCENARIO ENDPOINT [by-hand]")
            exit(2)
        }
        let byHand = arguments.last == "by-hand"
        let flows = Flows(arguments[3], byHand: byHand)
        switch arguments[2] {
        case "iterate": return try await measured(flows.iterate)
        case "bulk": return try await measured(flows.bulk)
        default: break
        }
        let subject: any Subject =
            arguments[1] == "polywrite"
            ? PolywriteSubject(arguments[3], hooks: arguments[2] == "hooks" && !byHand)
            : URLSessionSubject(arguments[3])
        let (calls, warmUp, work) = try await scenario(arguments[2], subject)
        // The first call of a process costs more and is not measured.
        try await subject.get()
        for _ in 0..<warmUp { try await work() }
        let (before, start) = (residentMemory(), cpu())
        for _ in 0..<calls.rounds { try await work() }
        let used = cpu() - start
        let count = Double(calls.rounds * calls.each)
        let line =
            "{\"calls\":\(count),\"cpuSeconds\":\(used),\"cpuMicros\":\(used * 1e6 / count),"
            + "\"rssBeforeMiB\":\(before),\"rssAfterMiB\":\(residentMemory()),\"rssPeakMiB\":\(peakMemory())}"
        print(line)
    }

    /// 100,000 rows, after 5,000 that are not measured.
    private static func measured(_ work: (Int) async throws -> Void) async throws {
        try await work(5_000)
        let (before, start) = (residentMemory(), cpu())
        try await work(100_000)
        let used = cpu() - start
        print("{\"cpuSeconds\":\(used),\"rssBeforeMiB\":\(before),\"rssPeakMiB\":\(peakMemory())}")
    }

    /// What to do and how often, and how often before the clock runs.
    private static func scenario(
        _ name: String, _ subject: any Subject
    ) async throws -> (calls: (rounds: Int, each: Int), warmUp: Int, work: @Sendable () async throws -> Void) {
        switch name {
        case "get": return ((3000, 1), 300, { try await subject.get() })
        case "hooks": return ((10_000, 1), 1_000, { try await subject.get() })
        case "conc64": return ((60, 64), 6, { try await sideBySide(64) { try await subject.get() } })
        case "memory": return ((1563, 64), 313, { try await sideBySide(64) { try await subject.get() } })
        case "list25": return ((800, 1), 80, { try await subject.list(25) })
        case "list5000": return ((12, 1), 3, { try await subject.list(5000) })
        case "open5000": return ((12, 1), 3, { try await subject.listOpen(5000) })
        case "download256": return ((1, 1), 0, { try await subject.download(256) })
        default:
            print("there is no scenario \(name)")
            exit(2)
        }
    }
}

/// A client that does the same work as the other.
protocol Subject: Sendable {
    func get() async throws
    func list(_ rows: Int) async throws
    func listOpen(_ rows: Int) async throws
    func download(_ mebibytes: Int) async throws
}

private func sideBySide(_ count: Int, _ work: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<count { group.addTask { try await work() } }
        try await group.waitForAll()
    }
}
