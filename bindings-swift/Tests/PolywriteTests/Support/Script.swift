import Foundation
import Polywrite
import XCTest

/// The cases of tests/flow, which every language runs, and the server that follows their script.
enum Script {
    /// The cases in a file; says how many there are.
    static func cases(_ name: String) throws -> [JSON] {
        let cases = try read(name)
        print("\(cases.count) cases of \(name)")
        return cases
    }

    private static func read(_ name: String) throws -> [JSON] {
        let file = URL(fileURLWithPath: #filePath)
            .appendingPathComponent("../../../../../tests/flow/\(name)").standardized
        return try XCTUnwrap(JSONDecoder().decode(JSON.self, from: Data(contentsOf: file)).array)
    }

    /// The case of this name.
    static func named(_ name: String, in file: String) throws -> JSON {
        try XCTUnwrap(read(file).first { $0["name"]?.string == name }, name)
    }

    /// A server that sends one response after the other. Behind the last one it sends that again, or closes connections.
    static func server(_ responses: [CannedResponse], repeatsLast: Bool = false) throws -> Recorder {
        let turns = Collected<Void>()
        return try Recorder { _ in
            let turn = turns.add(()) - 1
            if turn < responses.count { return responses[turn] }
            return repeatsLast ? responses.last : .lost
        }
    }

    /// What the server does about a request.
    static func response(_ turn: JSON) -> CannedResponse {
        guard let body = turn["body"] else { return .lost }
        var response = CannedResponse.json(body.description, status: turn["status"]?.int ?? 200)
        response.headers.merge((turn["headers"]?.object ?? [:]).compactMapValues(\.string)) { $1 }
        return response
    }

    /// A client with one retry at most, after a millisecond at most.
    static func client(_ server: Recorder, retries: Int = 1) -> Client {
        let wait = Duration.milliseconds(1)
        return PolywriteTests.client(server).setRetries(retries, delay: wait, maxDelay: wait)
    }

    /// Compares what the server has seen with what it must have seen.
    static func check(_ server: Recorder, _ wanted: JSON, _ name: String) throws {
        let seen = server.requests
        let wanted = try XCTUnwrap(wanted.array)
        XCTAssertEqual(seen.map(\.method), wanted.map { $0["method"]?.string }, name)
        for (request, wanted) in zip(seen, wanted) {
            XCTAssertEqual(request.path, wanted["path"]?.string, name)
            if let query = wanted["query"]?.object {
                let pairs = request.query.map { ($0[0], JSON.string($0[1])) }
                XCTAssertEqual(Dictionary(pairs, uniquingKeysWith: { $1 }), query, name)
            }
            if let body = wanted["body"] {
                let sent = try JSONDecoder().decode(JSON.self, from: request.body)
                XCTAssertEqual(marked(sent, body), body, name)
            }
        }
    }

    /// With `<made>` in place of IDs that look made and should be.
    private static func marked(_ seen: JSON, _ wanted: JSON?) -> JSON {
        switch seen {
        case .string(let text) where wanted == "<made>" && text.count == 20 && text.allSatisfy(\.isHexDigit): "<made>"
        case .array(let values): .array(values.enumerated().map { marked($1, wanted?[$0]) })
        case .object(let values):
            .object(Dictionary(uniqueKeysWithValues: values.map { ($0, marked($1, wanted?[$0])) }))
        default: seen
        }
    }

    /// Compares an error with the one that a case wants: its kind or type, and what its line is or contains.
    static func check(_ error: (any Error)?, _ wanted: JSON?, _ name: String) throws {
        guard let wanted, !wanted.isNull else {
            XCTAssertNil(error, name)
            return
        }
        if wanted["own"] == true {
            XCTAssertTrue(error is OwnError, "\(name): \(String(describing: error))")
            return
        }
        let error = try XCTUnwrap(error as? AppwriteError, "\(name): \(String(describing: error))")
        if let kind = wanted["kind"]?.string { XCTAssertEqual(error.kind.rawValue, kind, name) }
        if let type = wanted["type"]?.string { XCTAssertEqual(error.type, type, name) }
        if let line = wanted["line"]?.string { XCTAssertEqual("\(error)", line, name) }
        for part in ["contains", "says"].compactMap({ wanted[$0]?.string }) {
            XCTAssertTrue("\(error)".contains(part), "\(name): \(error)")
        }
    }
}

/// An error of the program itself.
struct OwnError: Error {}

/// Collects values from other threads.
final class Collected<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Value] = []

    var all: [Value] { lock.withLock { values } }

    /// Adds a value and returns how many there are.
    @discardableResult
    func add(_ value: Value) -> Int {
        lock.withLock {
            values.append(value)
            return values.count
        }
    }
}
