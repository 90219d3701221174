import Foundation
import Polywrite
import PolywriteModels

/// Whole lists and bulk writes, and what a program does without them.
struct Flows {
    private let tablesDB: TablesDB
    private let byHand: Bool

    init(_ endpoint: String, byHand: Bool) {
        tablesDB = TablesDB(Client().setEndpoint(endpoint).setProject("bench").setKey("standard_bench"))
        self.byHand = byHand
    }

    /// Reads a list of so many rows.
    func iterate(_ count: Int) async throws {
        let table = "all\(count)"
        var seen = 0
        if byHand {
            var queries = [Query.limit(100)]
            while true {
                let page: RowList<Product> = try await tablesDB.listRows(
                    databaseId: "bench", tableId: table, queries: queries
                )
                guard let last = page.rows.last else { break }
                for _ in page.rows { seen += 1 }
                queries = [Query.limit(100), Query.cursorAfter(last.id)]
            }
        } else {
            let rows = tablesDB.iterateRows(databaseId: "bench", tableId: table, nestedType: Product.self)
            for try await _ in rows { seen += 1 }
        }
        precondition(seen == count)
    }

    /// Creates so many rows.
    func bulk(_ count: Int) async throws {
        if byHand {
            for start in stride(from: 0, to: count, by: 100) {
                let rows = (start..<start + 100).map(NewRow.init)
                let list = try await tablesDB.createRows(databaseId: "bench", tableId: "rows", rows: rows)
                precondition(list.rows.count == 100)
            }
        } else {
            let rows = (0..<count).lazy.map(NewRow.init)
            let report = try await tablesDB.bulkCreateRows(databaseId: "bench", tableId: "rows", rows: rows)
            precondition(report.written == count)
        }
    }
}

private struct NewRow: Codable, Sendable {
    let id: String
    let title: String
    let price: Double
    let quantity: Int
    let active: Bool
    let tags: [String]

    enum CodingKeys: String, CodingKey {
        case id = "$id"
        case title, price, quantity, active, tags
    }

    init(_ number: Int) {
        (id, title) = ("row\(number)", "A new row \(number)")
        (price, quantity, active, tags) = (12.5, 7, true, ["a", "b"])
    }
}
