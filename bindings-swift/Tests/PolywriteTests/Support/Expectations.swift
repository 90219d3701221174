import Foundation
import Polywrite

/// What `generated/expected.json` says must cross the wire.
struct Expectations: Decodable {
    struct Exchange: Decodable {
        let verb: String
        /// The path with its parameters in braces.
        let template: String
        let path: String
        let query: [[String]]
        let body: JSON?
        let answer: Reply?
    }

    struct Reply: Decodable {
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

    func answer(to exchange: Exchange) throws -> Answer {
        if let location = exchange.answer?.location { return Answer(status: 301, headers: ["location": location]) }
        if let text = exchange.answer?.text {
            return Answer(headers: ["content-type": "text/plain"], body: Data(text.utf8))
        }
        let value = exchange.answer?.json ?? exchange.answer?.model.flatMap { models[$0] }
        guard let value else { return Answer(status: 204) }
        return Answer(body: try JSONEncoder().encode(value))
    }
}
