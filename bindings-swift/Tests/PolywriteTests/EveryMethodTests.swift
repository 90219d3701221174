import Foundation
import Polywrite
import XCTest

/// Calls every method once and compares what crosses the wire with the definition.
final class EveryMethodTests: XCTestCase {
    @available(*, deprecated, message: "calls what is deprecated, too")
    func testEveryMethodSendsWhatTheDefinitionSays() async throws {
        let calls = try Calls()
        await callEverything(calls)
        XCTAssertEqual(calls.checked.sorted(), calls.expectations.calls.keys.sorted(), "every method is called")
        XCTAssertGreaterThan(calls.checked.count, 900)
    }
}

/// Checks calls, one at a time.
final class Calls: @unchecked Sendable {
    let expectations: Expectations
    let client: Client
    private(set) var checked: [String] = []
    private let recorder: Recorder

    init() throws {
        expectations = try Expectations.load()
        recorder = try Recorder()
        client = Client().setEndpoint(recorder.endpoint).setProject("the-project").setKey("the-key")
    }

    func check(_ operation: String, _ call: (InputFile) async throws -> Void) async {
        guard let expected = expectations.calls[operation] else { return XCTFail("\(operation) is not expected") }
        checked.append(operation)
        recorder.forget()
        do {
            let response = try expectations.response(to: expected)
            recorder.respond { _ in response }
            try await call(.fromData(Data("content".utf8), filename: "name.txt"))
        } catch {
            return XCTFail("\(operation): \(error)")
        }
        guard let request = recorder.requests.first, recorder.requests.count == 1 else {
            return XCTFail("\(operation): \(recorder.requests.count) requests")
        }
        XCTAssertEqual(request.method, expected.method, operation)
        XCTAssertEqual(request.path, "/v1" + expected.path, operation)
        XCTAssertEqual(request.query.sorted { $0[0] < $1[0] }, expected.query.sorted { $0[0] < $1[0] }, operation)
        XCTAssertEqual(request.headers["x-appwrite-key"], "the-key", operation)
        if let body = expected.body, !request.headers["content-type", default: ""].hasPrefix("multipart/") {
            let sent = try? JSONDecoder().decode(JSON.self, from: request.body)
            XCTAssertEqual(sent ?? [:], body, operation)
        }
    }
}
