import Foundation
import OtherNames
import Polywrite
import XCTest

// Names that two modules have: a file names the module once.
import class Polywrite.Client
import struct Polywrite.Storage

/// A file that imports Polywrite beside Foundation and what web programs use may name all of their types.
final class NeighbourTests: XCTestCase {
    private struct Film: Codable, Sendable, Equatable { let title: String }
    private struct Shop: Database, Migration, Model, Service {}

    func testTypesOfTheStandardLibraryAndFoundationKeepTheirNames() {
        func longest(_ texts: some Collection<String>) -> Int { texts.map(\.count).max() ?? 0 }
        XCTAssertEqual(longest(["a", "bcd"]), 3)
        let german: Locale = Locale(identifier: "de_DE")
        XCTAssertEqual(german.identifier, "de_DE")
        XCTAssertFalse(Locale.current.identifier.isEmpty)
        let chars: any Collection = ["x"]
        XCTAssertEqual(chars.count, 1)
    }

    func testTypesOfOtherModulesKeepTheirNames() {
        let shop: any Database = Shop()
        XCTAssertTrue(shop is any Migration && shop is any Service && shop is any Model)
        let all: [Any] = [Index(), Row(), Session(), File(), Function(), Headers(), Key(), User(), Token()]
        XCTAssertTrue(all.allSatisfy { String(reflecting: type(of: $0)).hasPrefix("OtherNames.") })
        XCTAssertEqual(version, 7)
    }

    func testPolywritesOwnNamesAreThere() {
        let client = Client().setProject("shop")
        let storage: Storage = Storage(client)
        XCTAssertEqual(storage.client.project, "shop")
        XCTAssertEqual(Locale(client).client.project, "shop")
        XCTAssertEqual(Polywrite.Locale(client).client.project, "shop")
        let data: [String: JSON] = ["title": "Alien"]
        XCTAssertEqual(data["title"]?.string, "Alien")
    }

    /// Models are used without their module, and named with it.
    func testWhatCallsReturnNeedsNoOtherImport() async throws {
        let tablesDB = TablesDB(Client().setEndpoint("http://127.0.0.1:1/v1").setProject("p").setRetries(0))
        do {
            let rows = try await tablesDB.listRows(
                databaseId: "d", tableId: "t", queries: [Query.limit(5)], nestedType: Film.self)
            XCTAssertEqual(rows.rows.first?.data, Film(title: "Alien"))
            _ = try await tablesDB.createIndex(
                databaseId: "d", tableId: "t", key: "k", type: .key, columns: ["title"], orders: [.asc])
        } catch let error as AppwriteError {
            XCTAssertEqual(error.kind, .network)
        }
    }
}
