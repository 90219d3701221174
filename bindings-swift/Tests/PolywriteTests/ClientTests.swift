import Foundation
import Polywrite
import XCTest

final class ClientTests: XCTestCase {
    func testKeyAndSessionAreNeverSentTogether() async throws {
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

    func testASessionIsFoundInABrowsersCookies() async throws {
        let recorder = try Recorder()
        let admin = client(recorder)
        let cookies = "theme=dark; a_session_the-project_legacy=old; a_session_the-project=ab%3D%3D; a_session_other=no"
        _ = try? await Health(admin.withSession(fromCookies: cookies)).get()
        XCTAssertEqual(recorder.requests.last?.headers["x-appwrite-session"], "ab==")
        XCTAssertNil(recorder.requests.last?.headers["x-appwrite-key"])
        _ = try? await Health(admin.withSession(fromCookies: "a_session_other=no")).get()
        XCTAssertNil(recorder.requests.last?.headers["x-appwrite-session"])
        XCTAssertNil(recorder.requests.last?.headers["x-appwrite-key"])
        XCTAssertThrowsError(try Client().withSession(fromCookies: cookies)) { error in
            XCTAssertEqual((error as? AppwriteError)?.kind, .configuration)
        }
    }

    func testClientsOfTheEnvironmentTakeTheCallersCredentials() async throws {
        let project = try XCTUnwrap(Emulator.admin().project)
        let recorder = try Recorder()
        let clients = [
            try Client.fromCookies("a_session_\(project)=theirs"),
            try Client.fromFunctionUser(["X-Appwrite-User-Jwt": "theirs"]),
            try Client.fromFunctionHeaders(["x-appwrite-key": "theirs", "x-appwrite-user-jwt": "not this"]),
        ]
        let header = ["x-appwrite-session", "x-appwrite-jwt", "x-appwrite-key"]
        for (client, own) in zip(clients, header) {
            _ = try? await Health(client.setEndpoint(recorder.endpoint)).get()
            let headers = try XCTUnwrap(recorder.requests.last?.headers)
            XCTAssertEqual(headers["x-appwrite-project"], project)
            XCTAssertEqual(headers["x-sdk-name"], "Swift")
            for name in header { XCTAssertEqual(headers[name], name == own ? "theirs" : nil) }
        }
    }

    func testSettingsWinOverTheEnvironmentAndNeedNoneOfIt() async throws {
        _ = try Emulator.admin()
        let recorder = try Recorder()
        let settings: (Client) -> Void = { $0.setEndpoint(recorder.endpoint).setProject("given") }
        let clients = [
            try Client.fromEnv { $0.setEndpoint(recorder.endpoint).setProject("given").setKey("own") },
            try Client.fromFunctionHeaders(["x-appwrite-key": "own"], settings),
            try Client.fromFunctionUser(["x-appwrite-user-jwt": "own"], settings),
            try Client.fromCookies("a_session_given=own", settings),
        ]
        let credentials = ["x-appwrite-key", "x-appwrite-key", "x-appwrite-jwt", "x-appwrite-session"]
        for (client, credential) in zip(clients, credentials) {
            _ = try? await Health(client).get()
            let headers = try XCTUnwrap(recorder.requests.last?.headers)
            XCTAssertEqual(headers["x-appwrite-project"], "given")
            XCTAssertEqual(headers[credential], "own")
            XCTAssertEqual(headers["x-sdk-name"], "Swift")
        }
        XCTAssertEqual(recorder.requests.count, clients.count)
        XCTAssertThrowsError(try Client.fromEnv { $0.setEndpoint("no address") }) { error in
            XCTAssertEqual((error as? AppwriteError)?.kind, .configuration)
        }
    }

    func testWarningsReachTheHandler() async throws {
        let recorder = try Recorder { _ in
            CannedResponse(headers: ["x-appwrite-warning": "first; second"], body: Data("{}".utf8))
        }
        let received = expectation(description: "all warnings arrive")
        received.expectedFulfillmentCount = 4
        let heard = Heard()
        let admin = client(recorder).onWarning {
            heard.add($0)
            received.fulfill()
        }
        _ = try? await Health(admin).get()
        _ = try? await Health(admin.setLocale("de").withSession("s")).get()
        await fulfillment(of: [received], timeout: 60)
        XCTAssertEqual(heard.warnings, ["first", "second", "first", "second"])
    }

    func testCallsWithoutAMethodReachTheServer() async throws {
        let recorder = try Recorder { _ in .json(#"{"ok":true}"#) }
        let client = client(recorder)
        let body = try await client.call(method: "GET", path: "/new/thing", params: ["limit": 2, "on": true])
        XCTAssertEqual(String(decoding: body, as: UTF8.self), #"{"ok":true}"#)
        XCTAssertEqual(recorder.requests.last?.target, "/v1/new/thing?limit=2&on=1")
        let params: [String: Any?] = ["name": "x", "reset": nil]
        _ = try await client.call(method: "PATCH", path: "new/thing", headers: ["x-trace": "1"], params: params)
        let request = try XCTUnwrap(recorder.requests.last)
        XCTAssertEqual(String(decoding: request.body, as: UTF8.self), #"{"name":"x","reset":null}"#)
        XCTAssertEqual(request.headers["x-trace"], "1")
        XCTAssertEqual(request.headers["x-appwrite-key"], "standard_secret")
        let error = try await failure { _ = try await client.call(method: "GET", path: "https://example.com/v1/users") }
        XCTAssertEqual(error.kind, .argument)
    }

    func testSettersOfACopyDoNotChangeTheOriginal() throws {
        let one = Client().setProject("one")
        let two = try one.copy().setProject("two")
        XCTAssertEqual(one.project, "one")
        XCTAssertEqual(two.project, "two")
    }

    func testOptionsReachTheCallAndOnlyThatCall() async throws {
        let recorder = try Recorder { _ in .json("{}") }
        let users = Users(client(recorder))
        _ = try? await users.with(headers: ["x-trace": "1"]).with(timeout: .seconds(5), forwardedUserAgent: "Opera")
            .get(userId: "u")
        XCTAssertEqual(recorder.requests.last?.headers["x-trace"], "1")
        XCTAssertEqual(recorder.requests.last?.headers["x-forwarded-user-agent"], "Opera")
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

    func testABadEndpointThrowsWithoutSending() async throws {
        let error = try await failure { _ = try await Client().setEndpoint("nonsense").setProject("p").ping() }
        XCTAssertEqual(error.kind, .configuration)
    }
}

/// Collects warnings from other threads.
private final class Heard: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [String] = []

    var warnings: [String] { lock.withLock { all } }

    @Sendable func add(_ warning: String) { lock.withLock { all.append(warning) } }
}
