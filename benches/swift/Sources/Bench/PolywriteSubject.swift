import Foundation
import Polywrite
import PolywriteModels

struct Product: Codable, Sendable {
    let title: String
    let description: String
    let price: Double
    let quantity: Int
    let active: Bool
    let tags: [String]
    let rating: Double
    let owner: String
    let releasedAt: String
    let parent: String?
}

struct PolywriteSubject: Subject {
    private let users: Users
    private let tablesDB: TablesDB
    private let storage: Storage

    init(_ endpoint: String, hooks: Bool = false) {
        let client = Client().setEndpoint(endpoint).setProject("bench").setKey("standard_bench")
        if hooks { client.setHooks(beforeAttempt: { _ in }, afterAttempt: { _ in }, beforeRetry: { _ in }) }
        (users, tablesDB, storage) = (Users(client), TablesDB(client), Storage(client))
    }

    func get() async throws {
        let user = try await users.get(userId: "walter")
        precondition(user.id == "walter")
    }

    func list(_ rows: Int) async throws {
        let list: RowList<Product> = try await tablesDB.listRows(databaseId: "bench", tableId: "rows\(rows)")
        precondition(list.rows.count == rows)
    }

    func listOpen(_ rows: Int) async throws {
        let list = try await tablesDB.listRows(databaseId: "bench", tableId: "rows\(rows)")
        precondition(list.rows.count == rows)
    }

    func download(_ mebibytes: Int) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("polywrite-bench")
        defer { try? FileManager.default.removeItem(at: file) }
        try await storage.getFileDownload(bucketId: "bench", fileId: "\(mebibytes)", to: file.path)
    }
}
