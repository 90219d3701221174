import Foundation
import Polywrite
import PolywriteJSON
import PolywriteModels
import XCTest

/// Decodes the recorded responses of a real Appwrite.
final class RecordingTests: XCTestCase {
    func testEveryRecordedResponseDecodes() throws {
        let samples = try Recordings()
        decodeEverything(samples)
        XCTAssertGreaterThan(samples.decoded, 200)
    }
}

/// The recorded responses by the name of their model.
private final class Recordings: Samples {
    private struct Recording: Decodable {
        struct Request: Decodable {
            let method: String
            let path: String
        }
        struct Response: Decodable {
            let status: Int
            let body: JSON?
        }
        let request: Request
        let response: Response
    }

    private var bodies: [String: [(String, JSON)]] = [:]
    private(set) var decoded = 0

    override init() throws {
        try super.init()
        let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../tests/fixtures/recordings")
            .standardizedFileURL
        let files = try XCTUnwrap(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "json" {
            guard let recording = try? JSONDecoder().decode(Recording.self, from: Data(contentsOf: file)),
                (200..<300).contains(recording.response.status), let body = recording.response.body,
                body.object?["@text"] == nil, body.object?["@binary"] == nil,
                // A route that the definition lacks and that looks like the one for a user.
                recording.request.path != "/v1/users/usage",
                let model = model(of: recording.request, returning: body)
            else { continue }
            bodies[model, default: []].append((file.path, body))
        }
    }

    /// The model of the most literal template that fits the path. Where one and many share a path, `total` decides.
    private func model(of request: Recording.Request, returning body: JSON) -> String? {
        let path = request.path.dropFirst("/v1".count).split(separator: "/")
        let fitting = expectations.calls.values.filter { call in
            let template = call.template.split(separator: "/")
            return call.method == request.method && template.count == path.count
                && zip(template, path).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
                && call.response?.model?.hasSuffix("List") == (body["total"] != nil)
        }
        return fitting.max { literals($0.template) < literals($1.template) }?.response?.model
    }

    private func literals(_ template: String) -> Int { template.split(separator: "/").count { !$0.hasPrefix("{") } }

    override func check<Model: Codable>(_ name: String, _ model: Model.Type) {
        for (file, body) in bodies[name] ?? [] {
            do {
                _ = try BodyDecoder.decode(model, from: JSONEncoder().encode(body))
                decoded += 1
            } catch {
                XCTFail("\(file): \(name): \(error)")
            }
        }
    }
}
