import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// Many users at once through clients of their own, as in server-side rendering.
final class SessionTests: XCTestCase {
    func testConcurrentUsersNeverMix() async throws {
        let admin = try Emulator.admin()
        let users = Users(admin)
        var secrets: [String: String] = [:]
        for _ in 0..<8 {
            let user = try await users.create(
                userId: ID.unique(), email: "\(ID.unique())@example.com", password: "password 1")
            secrets[user.id] = try await users.createSession(userId: user.id).secret
        }
        try await withThrowingTaskGroup(of: (String, String).self) { group in
            for (user, secret) in secrets {
                for _ in 0..<25 {
                    group.addTask { (user, try await Account(try admin.withSession(secret)).get().id) }
                }
            }
            for try await (expected, found) in group { XCTAssertEqual(expected, found) }
        }
    }

    func testTheCallerChoosesTheTypeOfPreferences() async throws {
        struct Settings: Codable, Sendable, Equatable {
            let theme: String
        }
        let admin = try Emulator.admin()
        let users = Users(admin)
        let user = try await users.create(userId: ID.unique())
        XCTAssertEqual(user.prefs.data, [:])
        _ = try await users.updatePrefs(userId: user.id, prefs: ["theme": "dark"])
        let typed: User<Settings> = try await users.get(userId: user.id)
        XCTAssertEqual(typed.prefs.data, Settings(theme: "dark"))
    }
}
