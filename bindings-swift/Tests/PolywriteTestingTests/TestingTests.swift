import Foundation
import Polywrite
import PolywriteTesting
import XCTest

/// What programs have for their own tests: an emulator that ends with them, and a project for each test.
final class TestingTests: XCTestCase {
    private let seed: JSON = [
        "users": [["userId": "ada", "email": "ada@example.com", "password": "correct horse"]]
    ]

    func testEachTestHasAProjectOfItsOwn() async throws {
        try await withProject(seed: seed) { project in
            try await withProject { other in
                XCTAssertEqual(project.endpoint, other.endpoint)
                let totals = [
                    try await Users(project.client()).list().total, try await Users(other.client()).list().total,
                ]
                XCTAssertEqual(totals, [1, 0])
            }
            XCTAssertEqual(project.environment["APPWRITE_PROJECT_ID"], project.projectId)
            XCTAssertFalse("\(project)".contains(project.key))
        }
    }

    func testMailsComeOnceEach() async throws {
        try await withProject(seed: seed) { project in
            let account = Account(project.guest())
            _ = try await account.createRecovery(email: "ada@example.com", url: "http://localhost/reset")
            let mail = try await project.nextMail(to: "ada@example.com")
            XCTAssertEqual(mail.kind, "recovery")
            XCTAssertFalse("\(mail)".contains(mail.secret))
            let all = try await project.mails()
            XCTAssertEqual(all, [mail])
            _ = try await account.updateRecovery(userId: mail.userId, secret: mail.secret, password: "battery staple")
            do {
                _ = try await project.nextMail(seconds: 0)
                XCTFail("the mail came again")
            } catch let error as AppwriteError { XCTAssertEqual(error.type, "nothing_came") }
        }
    }

    func testIDsAndTimesAreTheSameInEachRun() async throws {
        let now = Date(timeIntervalSince1970: 1_767_225_600)
        try await withProject(countedIds: true, now: now) { project in
            let team = try await Teams(project.client()).create(teamId: "unique()", name: "Crew")
            XCTAssertEqual([team.id, team.createdAt], ["00000000000000000001", "2026-01-01T00:00:00.000+00:00"])
            try await project.advance(seconds: 60)
            let later = try await Teams(project.client()).create(teamId: "unique()", name: "Crew")
            XCTAssertEqual(later.createdAt, "2026-01-01T00:01:00.000+00:00")
        }
    }

    func testCallsFailAsAskedForAndAreSeen() async throws {
        try await withProject(seed: seed) { project in
            let users = Users(project.client())
            try await project.faults([.cut(of: "users.list", times: 1)])
            let total = try await users.list().total
            XCTAssertEqual(total, 1)
            let operations = try await project.requests().map(\.operation)
            XCTAssertEqual(operations, ["users.list", "users.list"])
            let webhooks = try await project.webhooks()
            XCTAssertEqual(webhooks, [])
        }
    }

    func testASnapshotBringsEverythingBack() async throws {
        try await withProject(seed: seed) { project in
            let keys = try await project.seed("[[keys]]\nkeyId = 'reader'\nscopes = ['users.read']\n")
            XCTAssertNotNil(keys["reader"])
            try await project.snapshot()
            _ = try await Users(project.client()).delete(userId: "ada")
            try await project.restore()
            let total = try await Users(project.client()).list().total
            XCTAssertEqual(total, 1)
        }
    }

    func testAnEmulatorOfItsOwnSpeaksHTTPS() async throws {
        let emulator = try await Emulator.start(like: .v2_0, tls: true)
        XCTAssertTrue(emulator.endpoint.hasPrefix("https://"))
        let project = try await emulator.project()
        let total = try await Users(project.client()).list().total
        XCTAssertEqual(total, 0)
    }
}
