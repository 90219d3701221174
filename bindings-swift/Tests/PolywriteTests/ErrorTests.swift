import Foundation
import Polywrite
import PolywriteModels
import XCTest

final class ErrorTests: XCTestCase {
    func testTheServersErrorArrivesWithAllItsFields() async throws {
        let body = #"{"message":"Row not found","code":404,"type":"row_not_found","version":"1.9.6"}"#
        let recorder = try Recorder { _ in .json(body, status: 404) }
        let error = try await failure {
            _ = try await TablesDB(client(recorder)).getRow(databaseId: "shop", tableId: "films", rowId: "alien")
        }
        XCTAssertEqual(error.kind, .notFound)
        XCTAssertEqual(error.code, 404)
        XCTAssertEqual(error.type, "row_not_found")
        XCTAssertEqual(error.message, "Row not found")
        XCTAssertEqual(error.response, body)
        XCTAssertEqual(error.operation, "tablesDB.getRow")
        XCTAssertTrue("\(error)".hasPrefix("tablesDB.getRow: Row not found (404 row_not_found)"), "\(error)")
        XCTAssertEqual(error.localizedDescription, "\(error)")
    }

    func testAMissingFieldOfTheUsersOwnIsNamed() async throws {
        struct Film: Codable, Sendable { let title: String }
        let recorder = try Recorder { _ in .json(#"{"total":1,"rows":[{"$sequence":"1"}]}"#) }
        let error = try await failure {
            let _: RowList<Film> = try await TablesDB(client(recorder)).listRows(databaseId: "shop", tableId: "films")
        }
        XCTAssertEqual(error.kind, .decode)
        XCTAssertTrue(error.message.contains("`rows[0].title` is missing"), error.message)
        XCTAssertEqual(error.operation, "tablesDB.listRows")
    }

    func testAFieldOfTheWrongTypeIsNamed() async throws {
        let recorder = try Recorder { _ in .json(#"{"total":"many","rows":[]}"#) }
        let error = try await failure {
            _ = try await TablesDB(client(recorder)).listRows(databaseId: "shop", tableId: "films")
        }
        XCTAssertEqual(error.kind, .decode)
        XCTAssertTrue(error.message.contains("`total` is not of type Int"), error.message)
    }

    func testAResponseThatCannotBeReadIsQuotedWithoutItsSecrets() async throws {
        let recorder = try Recorder { _ in .json(#"{"secret":"topsecret","$createdAt":[]}"#) }
        let error = try await failure { _ = try await Users(client(recorder)).createSession(userId: "ripley") }
        XCTAssertEqual(error.kind, .decode)
        XCTAssertEqual(error.operation, "users.createSession")
        for text in ["\(error)", error.message, error.response] {
            XCTAssertFalse(text.contains("topsecret"), text)
            XCTAssertTrue(text.contains("[redacted]"), text)
        }
    }

    func testAResponseThatIsNotJSONIsADecodeError() async throws {
        let recorder = try Recorder { _ in
            CannedResponse(headers: ["content-type": "text/html"], body: Data("<html>Gateway</html>".utf8))
        }
        let error = try await failure { _ = try await Users(client(recorder)).get(userId: "ripley") }
        XCTAssertEqual(error.kind, .decode)
        XCTAssertTrue(error.message.contains("<html>"), error.message)
    }

    func testAClosedPortIsANetworkError() async throws {
        let client = Client().setEndpoint("http://127.0.0.1:1/v1").setProject("p").setRetries(0)
        let error = try await failure { _ = try await Users(client).get(userId: "ripley") }
        XCTAssertEqual(error.kind, .network)
        XCTAssertNil(error.code)
        XCTAssertEqual(error.attempts.count, 1)
    }

    func testACallThatTakesTooLongIsATimeout() async throws {
        let recorder = try Recorder { _ in nil }
        let users = Users(client(recorder)).with(timeout: .milliseconds(50), retries: 0)
        let error = try await failure { _ = try await users.get(userId: "ripley") }
        XCTAssertEqual(error.kind, .timeout)
        XCTAssertEqual(recorder.requests.count, 1)
    }
}

/// A client for the recorder.
func client(_ recorder: Recorder) -> Client {
    Client().setEndpoint(recorder.endpoint).setProject("the-project").setKey("standard_secret")
}

/// The error that `body` throws; the test fails if it throws none.
func failure(
    _ body: () async throws -> Void, file: StaticString = #filePath, line: UInt = #line
) async throws -> AppwriteError {
    do {
        try await body()
    } catch let error as AppwriteError {
        return error
    }
    XCTFail("nothing was thrown", file: file, line: line)
    throw CancellationError()
}
