import Foundation
import Polywrite
import PolywriteJSON
import XCTest

/// Values that JSON would lose silently, from the table that all languages share.
final class LosslessTests: XCTestCase {
    private struct Case: Decodable {
        let value: JSON
        let place: String?
        let reason: String?
    }

    func testEveryLanguageRejectsTheSameValuesAndSendsAllOthers() async throws {
        let cases = try table()
        XCTAssertGreaterThan(cases.count, 5)
        for each in cases {
            // A String of Swift cannot hold half of a character.
            guard let value = unmarked(each.value) else { continue }
            let recorder = try Recorder { _ in .json("{}") }
            let tablesDB = TablesDB(client(recorder))
            for data in [value, value.object?.mapValues { $0.value } as Any] as [Any] {
                if let place = each.place, let reason = each.reason {
                    let error = try await failure {
                        _ = try await tablesDB.createRow(databaseId: "d", tableId: "t", rowId: "r", data: data)
                    }
                    XCTAssertEqual(error.kind, .argument)
                    XCTAssertTrue(error.message.contains("data\(place)"), "\(error) names \(place)")
                    XCTAssertTrue(error.message.contains(reason), "\(error) says \(reason)")
                    XCTAssertEqual(recorder.requests.count, 0)
                } else {
                    _ = try await tablesDB.createRow(databaseId: "d", tableId: "t", rowId: "r", data: data)
                    let body = try XCTUnwrap(recorder.requests.last?.body)
                    XCTAssertEqual(try BodyDecoder.decode(JSON.self, from: body)["data"], value)
                }
            }
        }
    }

    func testQueriesAndOperatorsRejectTheSameValues() throws {
        let tooLarge: [any Sendable] = [
            UInt64.max, Decimal(UInt64.max), JSON.number("9223372036854775809"), JSON.number("1e400"), [UInt64.max],
        ]
        for value in tooLarge {
            for make in [
                { try Query.equal("a", value: value).text() }, { try Query.between("a", start: 1, end: value).text() },
                { try Query.or([Query.isNull("b"), Query.lessThan("a", value: value)]).text() },
                { try Operator.arrayAppend([1, value]).text() },
            ] {
                XCTAssertThrowsError(try make(), "\(value)") { error in
                    XCTAssertEqual((error as? AppwriteError)?.kind, .argument)
                    let message = "\(error)"
                    XCTAssertTrue(message.contains("64 bits") || message.contains("too large"), message)
                    XCTAssertTrue(message.contains("`values["), message)
                }
            }
        }
        for each in try table() {
            guard let value = unmarked(each.value) else { continue }
            let text = Result { try Query.equal("a", value: value).text() }
            switch (text, each.reason) {
            case (.success, nil): break
            case (.failure(let error), let reason?): XCTAssertTrue("\(error)".contains(reason), "\(error)")
            default: XCTFail("\(value) \(text)")
            }
        }
    }

    private func table() throws -> [Case] {
        let file = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../tests/fixtures/lost.json")
        return try BodyDecoder.decode([Case].self, from: Data(contentsOf: file.standardized))
    }

    /// A value of the table with the marked values in place of their marks; nil where Swift has no such value.
    private func unmarked(_ value: JSON) -> JSON? {
        switch value {
        case .array(let elements):
            let whole = elements.compactMap { unmarked($0) }
            return whole.count == elements.count ? .array(whole) : nil
        case .object(let members):
            if members["@half"] != nil { return nil }
            if let number = members["@float"]?.string.flatMap({ Double($0) }) { return .double(number) }
            if let digits = members["@integer"]?.string { return Int(digits).map { .int($0) } ?? .number(digits) }
            if let levels = members["@deep"]?.int { return nested(levels) }
            let whole = members.compactMapValues { unmarked($0) }
            return whole.count == members.count ? .object(whole) : nil
        default: return value
        }
    }

    private func nested(_ levels: Int) -> JSON {
        (0..<levels).reduce(JSON.int(0)) { inner, _ in .object(["a": inner]) }
    }
}
