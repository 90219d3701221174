import Foundation
import Polywrite
import PolywriteModels
import XCTest

/// Realtime against the local Appwrite.
final class RealtimeTests: XCTestCase {
    private struct Film: Codable, Sendable {
        let title: String
        let year: Int
    }

    func testALoopGetsTheEventsOfItsChannelsAndQueries() async throws {
        let admin = try Emulator.admin()
        let (databaseId, tableId) = try await Emulator.filmsTable(admin, rowSecurity: true)
        let user = try await Users(admin).create(userId: ID.unique())
        let secret = try await Users(admin).createSession(userId: user.id).secret
        let realtime = Realtime(try admin.withSession(secret))
        let channel = "tablesdb.\(databaseId).tables.\(tableId).rows"
        let old = try await realtime.subscribe([channel], queries: [Query.lessThan("year", value: 1990)])
        let all = try await realtime.subscribe(["rows.create"], buffer: 5000)
        // The first rows may come before the server has the subscriptions.
        let making = Task {
            let readers = [Permission.read(Role.user(user.id))]
            for number in 0... {
                _ = try await TablesDB(admin).createRow(
                    databaseId: databaseId, tableId: tableId, rowId: ID.unique(),
                    data: Film(title: "A film", year: number.isMultiple(of: 2) ? 1971 : 1999), permissions: readers)
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        defer { making.cancel() }
        var years: [Int] = []
        for try await message in old {
            guard case .event(let event) = message else { continue }
            XCTAssertEqual(event.model, "Row")
            XCTAssertTrue(event.channels.contains(channel))
            years.append(try event.payload(as: Row<Film>.self).data.year)
            XCTAssertFalse(String(reflecting: Mirror(reflecting: event)).contains("A film"))
            if years.count == 3 { break }
        }
        XCTAssertEqual(years, [1971, 1971, 1971])
        var both: Set<Int> = []
        for try await message in all {
            if case .event(let event) = message { both.insert(try event.payload(as: Row<Film>.self).data.year) }
            if both.count == 2 { break }
        }
        await all.close()
        for try await message in all { if case .gap = message { XCTFail("\(message)") } }
    }

    func testAClientWithAKeyIsRefused() async throws {
        let client = Client().setEndpoint("http://127.0.0.1:1/v1").setProject("p").setKey("s3cret")
        do {
            _ = try await Realtime(client).subscribe(["rows"])
            XCTFail("a key is not a user")
        } catch let error as AppwriteError {
            XCTAssertEqual(error.kind, .configuration)
            XCTAssertTrue("\(error)".contains("take this client for a guest"), "\(error)")
        }
    }
}
