import Foundation
import Polywrite
import PolywriteJSON
import PolywriteModels
import XCTest

/// Our decoder beside Foundation's.
final class DecodingTests: XCTestCase {
    private struct Everything: Codable, Equatable {
        struct Inner: Codable, Equatable {
            let name: String
            let more: [Inner]?
        }
        let text: String
        let small: Int8
        let large: Int
        let unsigned: UInt64
        let fraction: Double
        let truth: Bool
        let nothing: String?
        let list: [[Double]]
        let inner: Inner
        let table: [String: [Int]]
    }

    func testEveryTypeIsReadAsFoundationReadsIt() throws {
        let json = #"""
            {"unknown":[{"deep":[[]]}],"text":"ä \"\\\/\b\f\n\r\t\u00e4\ud83d\ude00","small":-128,
             "large":-9223372036854775808,"unsigned":18446744073709551615,"fraction":-12.5e-3,"truth":true,
             "nothing":null,"list":[[1,2.5],[],[1e3]],"table":{"a":[1,2],"b":[]},
             "inner":{"more":[{"name":"x"}],"name":""}}
            """#
        let ours = try BodyDecoder.decode(Everything.self, from: Data(json.utf8))
        XCTAssertEqual(ours, try JSONDecoder().decode(Everything.self, from: Data(json.utf8)))
        XCTAssertEqual(ours.text, "ä \"\\/\u{8}\u{c}\n\r\tä😀")
    }

    func testNumbersAreExact() throws {
        for text in ["0", "-0", "9223372036854775807", "-9223372036854775808", "1.0", "100e-2"] {
            XCTAssertEqual(
                try BodyDecoder.decode(Int.self, from: Data(text.utf8)),
                Int(exactly: Double(text) ?? 0) ?? Int(text), text)
        }
        for text in [
            "0.1", "123456789012345678", "1.7976931348623157e308", "5e-324", "-9.95", "0.000001", "15.123456789012345",
        ] {
            XCTAssertEqual(try BodyDecoder.decode(Double.self, from: Data(text.utf8)), Double(text), text)
        }
        for text in ["9223372036854775808", "1.5", "\"1\"", "true"] {
            XCTAssertThrowsError(try BodyDecoder.decode(Int.self, from: Data(text.utf8)), text)
        }
        let json = try BodyDecoder.decode(JSON.self, from: Data("[9223372036854775807,2,2.0,1e2]".utf8))
        XCTAssertEqual(json, [.int(.max), .int(2), .double(2), .double(100)])
    }

    func testWhatIsNoJSONIsRefused() {
        for text in [
            "", " ", "{", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "\"", "\"\\", "\"\\\"", "nul",
            "tru", "[1 2]",
            "{a:1}", "1 1", "\"a\nb\"", "]", "{]", "[}", String(repeating: "[", count: 100_000), "\u{0}",
        ] {
            XCTAssertThrowsError(try BodyDecoder.decode(JSON.self, from: Data(text.utf8)), text.debugDescription)
        }
    }

    func testErrorsTellTheWay() {
        let json = Data(#"{"a":[{"name":"x","more":[{"name":"y"},{"nom":1}]}]}"#.utf8)
        XCTAssertThrowsError(try BodyDecoder.decode([String: [Everything.Inner]].self, from: json)) { error in
            guard case DecodingError.keyNotFound(let key, let context)? = error as? DecodingError else {
                return XCTFail("\(error)")
            }
            XCTAssertEqual(context.codingPath.map(\.stringValue) + [key.stringValue], ["a", "0", "more", "1", "name"])
        }
    }

    func testAnEmptyListIsAnEmptyObjectWhereOneBelongs() throws {
        struct Settings: Codable { let theme: String? }
        let json = Data(#"{"data":[]}"#.utf8)
        XCTAssertNil(try BodyDecoder.decode([String: Settings].self, from: json)["data"]?.theme)
        XCTAssertEqual(try BodyDecoder.decode([String: [String: JSON]].self, from: json), ["data": [:]])
    }

    func testDictionariesOfAnyTypeHoldOnlyTheCallersData() throws {
        let row = Data(#"{"$id":"r","$permissions":["read(\"any\")"],"title":"Alien","genre":"horror"}"#.utf8)
        let texts = try BodyDecoder.decode(Row<[String: String]>.self, from: row)
        XCTAssertEqual(texts.data, ["title": "Alien", "genre": "horror"])
        XCTAssertEqual(try JSONDecoder().decode(Row<[String: String]>.self, from: row).data, texts.data)
        let list = Data(#"{"total":1,"rows":[{"$id":"r","a":null,"b":2}]}"#.utf8)
        let optional = try BodyDecoder.decode(RowList<[String: JSON?]>.self, from: list)
        XCTAssertEqual(optional.rows.first?.data, ["a": nil, "b": 2])
        let empty = try BodyDecoder.decode(Preferences<[String: Int]>.self, from: Data("[]".utf8))
        XCTAssertEqual(empty.data, [:])
        XCTAssertThrowsError(try BodyDecoder.decode(Row<[String: Int]>.self, from: row)) { error in
            guard case DecodingError.typeMismatch(_, let context)? = error as? DecodingError else {
                return XCTFail("\(error)")
            }
            XCTAssertEqual(context.codingPath.count, 1)
        }
    }

    func testDatesAreReadAsAppwriteWritesThem() throws {
        let dates = try BodyDecoder.decode(
            [Date].self, from: Data(#"["2026-01-02T03:04:05.678+00:00","2026-01-02T03:04:05Z"]"#.utf8))
        XCTAssertEqual(dates[0].timeIntervalSince1970, 1_767_323_045.678, accuracy: 0.001)
        XCTAssertEqual(dates[1].timeIntervalSince1970, 1_767_323_045)
    }

    func testModelsShowNoSecret() throws {
        func shown<Model: Decodable>(_ type: Model.Type, _ json: String) throws -> String {
            let model = try BodyDecoder.decode(type, from: Data(json.utf8))
            var dumped = ""
            dump(model, to: &dumped)
            return "\(model) \(String(reflecting: [model])) \(dumped)"
        }
        let session = #"{"$id":"s1","secret":"hidden","providerAccessToken":"hidden","osName":"Linux"}"#
        let texts = [
            try shown(Session.self, session),
            try shown(SessionList.self, #"{"total":1,"sessions":[\#(session)]}"#),
            try shown(Jwt.self, #"{"jwt":"hidden"}"#),
            try shown(MfaRecoveryCodes.self, #"{"recoveryCodes":["hidden"]}"#),
            try shown(OAuth2.self, #"{"$id":"github","clientSecret":"hidden"}"#),
        ]
        for text in texts {
            XCTAssertFalse(text.contains("hidden"), text)
            XCTAssertTrue(text.contains("[redacted]"), text)
        }
        XCTAssertTrue(texts[0].contains("Linux") && texts[0].contains("s1"), texts[0])
        // What isn't known may hold secrets too; the caller's own data is the caller's.
        let unknown = try shown(OAuth2.self, #"{"$id":"of next year","clientSecret":"hidden"}"#)
        XCTAssertFalse(unknown.contains("hidden"), unknown)
        XCTAssertTrue(unknown.contains("clientSecret"), unknown)
        XCTAssertTrue(try shown(Row<[String: JSON]>.self, #"{"$id":"r","secret":"my own"}"#).contains("my own"))
    }
}
