import Foundation
import Polywrite
import XCTest

/// Values of any type are encoded in their own isolation: an actor can send what it holds.
final class IsolationTests: XCTestCase {
    private actor Shelf {
        private var draft: [String: Any] = ["title": "Alien"]
        private let tablesDB: TablesDB
        private let client: Client

        init(_ client: Client) { (tablesDB, self.client) = (TablesDB(client), client) }

        func save() async throws {
            draft["year"] = 1979
            _ = try await tablesDB.createRow(databaseId: "d", tableId: "t", rowId: "r", data: draft)
            _ = try await client.call(method: "POST", path: "/films", params: ["film": draft])
        }
    }

    func testAnActorSendsItsOwnDictionary() async throws {
        let recorder = try Recorder { _ in .json(#"{"$id":"r"}"#) }
        try await Shelf(client(recorder)).save()
        let bodies = recorder.requests.map { String(decoding: $0.body, as: UTF8.self) }
        XCTAssertEqual(bodies.count, 2)
        for body in bodies { XCTAssertTrue(body.contains(#"{"title":"Alien","year":1979}"#), body) }
    }

    @MainActor private final class Editor {
        var draft: [String: Any] = ["title": "Alien"]

        func save(_ tablesDB: TablesDB) async throws -> String {
            try await tablesDB.updateRow(databaseId: "d", tableId: "t", rowId: "r", data: draft).id
        }
    }

    func testTheMainActorSendsItsOwnDictionary() async throws {
        let recorder = try Recorder { _ in .json(#"{"$id":"r"}"#) }
        let id = try await Editor().save(TablesDB(client(recorder)))
        XCTAssertEqual(id, "r")
    }
}
