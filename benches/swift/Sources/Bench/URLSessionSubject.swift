import Foundation
import Polywrite

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What a person would write by hand for the same fields.
private struct PlainUser: Codable, Sendable {
    struct Target: Codable, Sendable {
        let id: String
        let createdAt: String
        let updatedAt: String
        let name: String
        let userId: String
        let providerId: String?
        let providerType: String
        let identifier: String
        let expired: Bool

        enum CodingKeys: String, CodingKey {
            case id = "$id"
            case createdAt = "$createdAt"
            case updatedAt = "$updatedAt"
            case name, userId, providerId, providerType, identifier, expired
        }
    }

    struct HashOptions: Codable, Sendable {
        let type: String
        let memoryCost: Int
        let timeCost: Int
        let threads: Int
    }

    let id: String
    let createdAt: String
    let updatedAt: String
    let name: String
    let password: String?
    let hash: String?
    let hashOptions: HashOptions?
    let registration: String
    let status: Bool
    let labels: [String]
    let passwordUpdate: String
    let email: String
    let phone: String
    let emailVerification: Bool
    let phoneVerification: Bool
    let mfa: Bool
    let prefs: [String: JSON]
    let targets: [Target]
    let accessedAt: String

    enum CodingKeys: String, CodingKey {
        case id = "$id"
        case createdAt = "$createdAt"
        case updatedAt = "$updatedAt"
        case name, password, hash, hashOptions, registration, status, labels, passwordUpdate, email, phone
        case emailVerification, phoneVerification, mfa, prefs, targets, accessedAt
    }
}

private struct PlainList: Codable, Sendable {
    struct Row: Codable, Sendable {
        let id: String
        let sequence: String
        let tableId: String
        let databaseId: String
        let createdAt: String
        let updatedAt: String
        let permissions: [String]
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

        enum CodingKeys: String, CodingKey {
            case id = "$id"
            case sequence = "$sequence"
            case tableId = "$tableId"
            case databaseId = "$databaseId"
            case createdAt = "$createdAt"
            case updatedAt = "$updatedAt"
            case permissions = "$permissions"
            case title, description, price, quantity, active, tags, rating, owner, releasedAt, parent
        }
    }

    let total: Int
    let rows: [Row]
}

private struct OpenList: Codable, Sendable {
    let total: Int
    let rows: [[String: JSON]]
}

struct URLSessionSubject: Subject {
    private let endpoint: String
    private let session: URLSession

    init(_ endpoint: String) {
        self.endpoint = endpoint
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 64
        configuration.httpAdditionalHeaders = ["x-appwrite-project": "bench", "x-appwrite-key": "standard_bench"]
        session = URLSession(configuration: configuration)
    }

    func get() async throws {
        let user = try JSONDecoder().decode(PlainUser.self, from: try await body("/users/walter"))
        precondition(user.id == "walter")
    }

    func list(_ rows: Int) async throws {
        let list = try JSONDecoder().decode(PlainList.self, from: try await listBody(rows))
        precondition(list.rows.count == rows)
    }

    func listOpen(_ rows: Int) async throws {
        let list = try JSONDecoder().decode(OpenList.self, from: try await listBody(rows))
        precondition(list.rows.count == rows)
    }

    private func listBody(_ rows: Int) async throws -> Data {
        try await body("/tablesdb/bench/tables/rows\(rows)/rows")
    }

    func download(_ mebibytes: Int) async throws {
        let (file, _) = try await session.download(from: url("/storage/buckets/bench/files/\(mebibytes)/download"))
        try FileManager.default.removeItem(at: file)
    }

    private func body(_ path: String) async throws -> Data {
        let (data, response) = try await session.data(from: url(path))
        guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw URLError(.badServerResponse) }
        return data
    }

    private func url(_ path: String) throws -> URL {
        guard let url = URL(string: endpoint + path) else { throw URLError(.badURL) }
        return url
    }
}
