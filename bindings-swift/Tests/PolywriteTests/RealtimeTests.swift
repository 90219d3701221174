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
        let making = happening(admin, databaseId, tableId, of: user.id) { $0.isMultiple(of: 2) ? 1971 : 1999 }
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

    func testACancelledReadLosesNothingAndBringsNothingTwice() async throws {
        let admin = try Emulator.admin()
        let (databaseId, tableId) = try await Emulator.filmsTable(admin, rowSecurity: true)
        let user = try await Users(admin).create(userId: ID.unique())
        let realtime = Realtime(try admin.withSession(try await Users(admin).createSession(userId: user.id).secret))
        let rows = try await realtime.subscribe(["tablesdb.\(databaseId).tables.\(tableId).rows"])
        let making = happening(admin, databaseId, tableId, of: user.id) { $0 }
        defer { making.cancel() }
        var years: [Int] = []
        for attempt in 0... {
            if years.count >= 50 { break }
            let read = Task { try await rows.first { _ in true } }
            try await Task.sleep(for: .milliseconds(attempt % 30))
            read.cancel()
            guard case .success(.event(let event)?) = await read.result else { continue }
            years.append(try event.payload(as: Row<Film>.self).data.year)
        }
        await rows.close()
        XCTAssertEqual(years, Array(years[0]..<years[0] + years.count))
    }

    func testAFunctionGetsMessagesUntilTheSubscriptionIsClosedOrItThrows() async throws {
        struct Failure: Error {}
        let admin = try Emulator.admin()
        let (databaseId, tableId) = try await Emulator.filmsTable(admin, rowSecurity: true)
        let user = try await Users(admin).create(userId: ID.unique())
        let realtime = Realtime(try admin.withSession(try await Users(admin).createSession(userId: user.id).secret))
        let making = happening(admin, databaseId, tableId, of: user.id) { $0 }
        defer { making.cancel() }
        let (heard, hears) = AsyncStream<RealtimeMessage>.makeStream()
        let subscription = try await realtime.subscribe(["rows"]) { hears.yield($0) }
        guard case .event? = await heard.first(where: { _ in true }) else { return XCTFail("no event came") }
        await subscription.close()
        try await subscription.closed()

        let failing = try await realtime.subscribe(["rows"]) { _ in throw Failure() }
        do {
            try await failing.closed()
            XCTFail("the function threw")
        } catch is Failure {}
        for try await message in failing { XCTFail("\(message)") }
    }

    /// Makes rows that a user may read until it is cancelled. The first ones may come before the server has a
    /// subscription.
    private func happening(
        _ admin: Client, _ databaseId: String, _ tableId: String, of user: String,
        year: @escaping @Sendable (Int) -> Int
    ) -> Task<Void, any Error> {
        Task {
            let readers = [Permission.read(Role.user(user))]
            for number in 0... {
                _ = try await TablesDB(admin).createRow(
                    databaseId: databaseId, tableId: tableId, rowId: ID.unique(),
                    data: Film(title: "A film", year: year(number)), permissions: readers)
                try await Task.sleep(for: .milliseconds(20))
            }
        }
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
