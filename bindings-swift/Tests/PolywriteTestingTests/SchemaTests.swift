import Foundation
import Polywrite
import PolywriteTesting
import XCTest

/// The schema of a project as a file, against the emulator.
final class SchemaTests: XCTestCase {
    private let path = NSTemporaryDirectory() + "polywrite-\(UUID().uuidString).toml"

    override func tearDown() {
        try? FileManager.default.removeItem(atPath: path)
    }

    private func write(_ columns: String) throws {
        let text = "[databases.main.tables.films.columns]\n\(columns)\n"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    func testASchemaIsComparedWithAServerAndPushedToIt() async throws {
        try await withProject { project in
            let title = "title = { type = 'varchar', size = 64, required = true }"
            try write("\(title)\nyeer = { type = 'integer' }")
            let schema = Schema(project.client(), path: path)
            let plan = try await schema.plan()
            XCTAssertFalse(plan.equal)
            XCTAssertEqual(plan.steps[2].target.place, "main.films.title")
            let steps = Steps()
            let done = try await schema.push { steps.add($0) }
            let places = ["main", "main.films", "main.films.title", "main.films.yeer"]
            XCTAssertEqual(done.steps.map(\.target.place), places)
            XCTAssertEqual(steps.all, done.steps)
            let equal = try await schema.plan()
            XCTAssertTrue(equal.equal && equal.steps.isEmpty)
            let tables = TablesDB(project.client())
            _ = try await tables.createRow(
                databaseId: "main", tableId: "films", rowId: "f", data: ["title": "Alien", "yeer": 1979])

            try write("\(title)\nyear = { type = 'integer' }")
            do {
                try await schema.push()
                XCTFail("it lost data")
            } catch let error as AppwriteError {
                XCTAssertEqual(error.kind, .argument)
                XCTAssertTrue(error.message.contains("what these hold: column main.films.yeer"), error.message)
            }
            let renamed = try await schema.push(rename: ["films.yeer=year"])
            XCTAssertEqual(renamed.steps[0].changes.map(\.to), ["year"])
            let row = try await tables.getRow(databaseId: "main", tableId: "films", rowId: "f")
            XCTAssertEqual(row.data["year"], 1979)
            try write("title = { type = 'text' }")
            let last = try await schema.push(allowDestroy: true, timeout: .seconds(10))
            XCTAssertEqual(last.steps.count, 2)
        }
    }

    func testWhatIsWrongIsAnError() async throws {
        try await withProject { project in
            do {
                _ = try await Schema(project.client(), path: "none.toml").plan()
                XCTFail("there is no such file")
            } catch let error as AppwriteError {
                XCTAssertEqual(error.kind, .io)
                XCTAssertTrue(error.message.contains("none.toml"), error.message)
            }
        }
    }
}

/// Steps as they are reported, on threads of the callbacks.
private final class Steps: @unchecked Sendable {
    private let lock = NSLock()
    private var steps: [SchemaStep] = []

    var all: [SchemaStep] { lock.withLock { steps } }

    func add(_ step: SchemaStep) {
        lock.withLock { steps.append(step) }
    }
}
