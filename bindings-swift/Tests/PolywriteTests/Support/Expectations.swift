import Foundation
import Polywrite

/// What must cross the wire, from `generated/expected.json`.
struct Expectations: Decodable {
    struct Exchange: Decodable {
        let method: String
        /// The path with its parameters in braces.
        let template: String
        let path: String
        let query: [[String]]
        let body: JSON?
        let response: Response?
    }

    struct Response: Decodable {
        let model: String?
        let json: JSON?
        let location: String?
        let text: String?
    }

    let calls: [String: Exchange]
    let models: [String: JSON]

    static func load() throws -> Expectations {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("generated/expected.json")
        return try JSONDecoder().decode(Expectations.self, from: Data(contentsOf: file))
    }

    func response(to exchange: Exchange) throws -> CannedResponse {
        if let location = exchange.response?.location {
            return CannedResponse(status: 301, headers: ["location": location])
        }
        if let text = exchange.response?.text {
            return CannedResponse(headers: ["content-type": "text/plain"], body: Data(text.utf8))
        }
        let value = exchange.response?.json ?? exchange.response?.model.flatMap { models[$0] }
        guard let value else { return CannedResponse(status: 204) }
        return CannedResponse(body: try JSONEncoder().encode(value))
    }
}
