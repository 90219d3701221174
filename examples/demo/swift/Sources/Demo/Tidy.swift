import Foundation
import Polywrite

/// What the demo makes: its name, so that two runs at once do not mix theirs up, and its removal.
actor Tidy {
    /// The run's name on a foreign server; `./dev test --live` sets it.
    private static let live = ProcessInfo.processInfo.environment["POLYWRITE_LIVE"]

    /// The name of everything that this run makes.
    static let name = live ?? "Demo"

    private static let lackingTypes: Set<String> = [
        "general_route_not_found", "general_feature_unsupported", "general_service_disabled", "general_api_disabled",
    ]

    private var removals: [@Sendable () async throws -> Void] = []

    /// An unused mail address in this run's own domain.
    static func mail(of user: String) -> String { "\(user)@\(live ?? "demo").example.com" }

    /// Notes how to remove something, before the program makes it: so it cannot be forgotten.
    func later(_ remove: @escaping @Sendable () async throws -> Void) { removals.append(remove) }

    /// Removes everything, the newest first, even after a failure.
    func tidy() async throws {
        var failures: [String] = []
        for remove in removals.reversed() {
            do {
                try await remove()
            } catch let error as AppwriteError where error.kind == .notFound || Self.lacking(error) {
                // It was noted before it was made, so it may not exist.
            } catch {
                failures.append("\(error)")
            }
        }
        if !failures.isEmpty { throw Surprise("not everything could be removed: \(failures)") }
    }

    /// Runs a step. On a foreign server that lacks what it needs, prints the reason and skips it.
    @discardableResult
    static func step<Made>(_ title: String, _ run: () async throws -> Made) async throws -> Made? {
        print("\n\(title)")
        do {
            return try await run()
        } catch let error as AppwriteError where live != nil && lacking(error) {
            print("  skipped, this server lacks it: \(error)")
            return nil
        }
    }

    /// Whether the server's version, its plan or our key lacks this.
    private static func lacking(_ error: AppwriteError) -> Bool {
        error.kind == .missingScope || lackingTypes.contains(error.type ?? "")
            || [402, 405, 501].contains(error.code) || (error.code == 404 && (error.type ?? "").isEmpty)
    }
}
