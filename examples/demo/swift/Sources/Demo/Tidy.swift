import Foundation
import Polywrite

/// What the story makes: its name, so that two runs side by side know their own, and taking it away again.
actor Tidy {
    /// The run's name when the server is not ours; `./dev test --live` gives it.
    private static let live = ProcessInfo.processInfo.environment["POLYWRITE_LIVE"]

    /// The name of everything that this run makes.
    static let name = live ?? "Demo"

    private static let lackingTypes: Set<String> = [
        "general_route_not_found", "general_feature_unsupported", "general_service_disabled", "general_api_disabled",
    ]

    private var removals: [@Sendable () async throws -> Void] = []

    /// A mail address that nobody has, in this run's own domain.
    static func mail(of user: String) -> String { "\(user)@\(live ?? "demo").example.com" }

    /// Notes how to take something away, before it is made: so it cannot be forgotten.
    func later(_ remove: @escaping @Sendable () async throws -> Void) { removals.append(remove) }

    /// Takes everything away, the newest first, whatever became of the story.
    func tidy() async throws {
        var failures: [String] = []
        for remove in removals.reversed() {
            do {
                try await remove()
            } catch let error as AppwriteError where error.kind == .notFound || Self.lacking(error) {
                // It was noted before it was made, so it may never have been.
            } catch {
                failures.append("\(error)")
            }
        }
        if !failures.isEmpty { throw Surprise("not everything could be removed: \(failures)") }
    }

    /// Tells a chapter. On a server that is not ours it is left out, with the reason, when the server has no such thing.
    @discardableResult
    static func chapter<Told>(_ title: String, _ tell: () async throws -> Told) async throws -> Told? {
        print("\n\(title)")
        do {
            return try await tell()
        } catch let error as AppwriteError where live != nil && lacking(error) {
            print("  left out, this server lacks it: \(error)")
            return nil
        }
    }

    /// Whether the server's version, its plan or the key it gave us does not have this.
    private static func lacking(_ error: AppwriteError) -> Bool {
        error.kind == .missingScope || lackingTypes.contains(error.type ?? "")
            || [402, 405, 501].contains(error.code) || (error.code == 404 && (error.type ?? "").isEmpty)
    }
}
