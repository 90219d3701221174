import Foundation
import Polywrite
import XCTest

final class ClientTests: XCTestCase {
    func testKeyAndSessionNeverTravelTogether() async throws {
        let recorder = try Recorder()
        let client = client(recorder).setSession("session_secret")
        let error = try await failure { _ = try await Account(client).get() }
        XCTAssertEqual(error.kind, .configuration)
        XCTAssertTrue("\(error)".contains("two clients"), "\(error)")
        XCTAssertThrowsError(try client.validate())
        XCTAssertEqual(recorder.requests.count, 0)
    }

    func testWithSessionKeepsNoCredentialOfTheOldClient() async throws {
        let recorder = try Recorder { _ in .json("pong") }
        let admin = client(recorder).setLocale("de").addHeader(key: "X-Trace", value: "7")
        let user = try admin.withSession("session_secret")
        _ = try? await Health(user).get()
        let headers = try XCTUnwrap(recorder.requests.last?.headers)
        XCTAssertNil(headers["x-appwrite-key"])
        XCTAssertEqual(headers["x-appwrite-session"], "session_secret")
        XCTAssertEqual(headers["x-appwrite-locale"], "de")
        XCTAssertEqual(headers["x-trace"], "7")
        XCTAssertEqual(headers["x-appwrite-project"], "the-project")
        XCTAssertEqual(headers["x-sdk-name"], "Swift")

        _ = try? await Health(admin).get()
        XCTAssertEqual(recorder.requests.last?.headers["x-appwrite-key"], "standard_secret")
        XCTAssertNil(recorder.requests.last?.headers["x-appwrite-session"])
    }

    func testACopysSettersLeaveTheOriginalAlone() throws {
        let one = Client().setProject("one")
        let two = try one.copy().setProject("two")
        XCTAssertEqual(one.project, "one")
        XCTAssertEqual(two.project, "two")
    }

    func testOptionsReachTheCallAndOnlyThatCall() async throws {
        let recorder = try Recorder { _ in .json("{}") }
        let users = Users(client(recorder))
        _ = try? await users.with(headers: ["x-trace": "1"]).with(timeout: .seconds(5)).get(userId: "u")
        XCTAssertEqual(recorder.requests.last?.headers["x-trace"], "1")
        _ = try? await users.get(userId: "u")
        XCTAssertNil(recorder.requests.last?.headers["x-trace"])
    }

    func testNoSecretIsPrinted() throws {
        let client = Client().setEndpoint("https://example.com/v1").setProject("shop").setKey("standard_hidden")
            .setProxy("http://user:hidden@proxy:8080")
        let options = CallOptions(headers: ["x-appwrite-key": "hidden"])
        let users = Users(client, options: options)
        for value in [client, options, users] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(describing: value), String(reflecting: value), dumped] {
                XCTAssertFalse(text.contains("hidden"), text)
            }
        }
        XCTAssertEqual("\(client)", "Client(endpoint: https://example.com/v1, project: shop)")
    }

    func testABadEndpointIsSaidWithoutSending() async throws {
        let error = try await failure { _ = try await Client().setEndpoint("nonsense").setProject("p").ping() }
        XCTAssertEqual(error.kind, .configuration)
    }
}
