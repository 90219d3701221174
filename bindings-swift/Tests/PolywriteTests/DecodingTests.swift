import Foundation
import Polywrite
@testable import PolywriteJSON
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

    func testNumbersThatNoTypeHoldsKeepTheirDigits() throws {
        let text = "[9223372036854775808,-9223372036854775809,18446744073709551615,1e400,-1e400]"
        let json = try BodyDecoder.decode(JSON.self, from: Data(text.utf8))
        XCTAssertEqual("\(json)", text)
        XCTAssertEqual(json[0], .number("9223372036854775808"))
        XCTAssertNil(json[0]?.int)
        XCTAssertEqual(json[0]?.double, 9_223_372_036_854_775_808)
        XCTAssertEqual(json[2]?.value as? Decimal, Decimal(UInt64.max))
        XCTAssertEqual(try BodyDecoder.decode([UInt64].self, from: Data("[18446744073709551615]".utf8)), [.max])
        for wrong in ["1e400", "-1e400"] {
            XCTAssertThrowsError(try BodyDecoder.decode(Double.self, from: Data(wrong.utf8)), wrong)
        }
        // Through Foundation's encoder and decoder, too, or an error.
        let whole = JSON.array([.number("18446744073709551615")])
        XCTAssertEqual(try JSONDecoder().decode(JSON.self, from: JSONEncoder().encode(whole)), whole)
        XCTAssertThrowsError(try JSONEncoder().encode(JSON.number("1e400")))
        for wrong in ["", "-", "01", "1.", ".5", "1e", "1 ", "--1", "0x1", "NaN", "1e+"] {
            XCTAssertFalse("\(JSON.number(wrong))" == wrong, "\(wrong.debugDescription) is not a number of JSON")
        }
    }

    func testWhatIsNotJSONThrows() {
        for text in [
            "", " ", "{", "[", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "\"", "\"\\", "\"\\\"", "nul",
            "tru", "[1 2]",
            "{a:1}", "1 1", "\"a\nb\"", "]", "{]", "[}", String(repeating: "[", count: 100_000), "\u{0}",
        ] {
            XCTAssertThrowsError(try BodyDecoder.decode(JSON.self, from: Data(text.utf8)), text.debugDescription)
        }
    }

    /// Each damaged text is read or throws, and what is read can be written and read again.
    func testDamagedTextsAreReadOrThrow() throws {
        let whole = Array(#"{"a":[1,-2.5e3,"x\u00e4\"",true,null,{"b":{}}],"c":"ä"}"#.utf8)
        var random = Repeatable(state: 42)
        var failed = 0
        for _ in 0..<20_000 {
            var text = whole
            for _ in 0...Int.random(in: 0..<3, using: &random) where text.count > 1 {
                let place = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: text[place] = UInt8.random(in: 0...255, using: &random)
                case 1: text.remove(at: place)
                default: text.removeLast(text.count - max(place, 1))
                }
            }
            do {
                let value = try BodyDecoder.decode(JSON.self, from: Data(text))
                XCTAssertEqual(try BodyDecoder.decode(JSON.self, from: Data("\(value)".utf8)), value)
            } catch is DecodingError {
                failed += 1
            }
        }
        XCTAssertGreaterThan(failed, 1000)
    }

    func testErrorsNameThePlace() {
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

    func testDatesOfEveryPrecisionAreRead() throws {
        let cases: [(String, Double?)] = [
            ("2026-01-02", 1_767_312_000), ("2026-01-02T03:04:05", 1_767_323_045), ("2026-01-02 03:04", 1_767_323_040),
            ("2026-01-02T03:04:05.678", 1_767_323_045.678), ("2026-01-02T03:04:05.678901Z", 1_767_323_045.678_901),
            ("2026-01-02T05:04:05+02:00", 1_767_323_045), ("2026-01-01T21:34:05-0530", 1_767_323_045),
            ("2026-01-02T05:04:05+02", 1_767_323_045), ("1969-12-31T23:59:59.5Z", -0.5), ("2000-02-29", 951_782_400),
            ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("2026-02-29", nil), ("2026-13-01", nil), ("2026-00-10", nil), ("2026-01-02T24:00:00Z", nil), ("", nil),
            ("2026-01-02T", nil), ("2026-01-02T03", nil), ("2026-01-02T03:04:05.Z", nil), ("2026-01-02Z", nil),
            ("2026-01-02T03:04:05+", nil), ("2026-1-2", nil), ("next week", nil),
        ]
        for (text, expected) in cases {
            let body = Data("[\"\(text)\"]".utf8)
            guard let expected else {
                XCTAssertThrowsError(try BodyDecoder.decode([Date].self, from: body), text)
                continue
            }
            let date = try BodyDecoder.decode([Date].self, from: body)[0]
            XCTAssertEqual(date.timeIntervalSince1970, expected, accuracy: 0.000_001, text)
        }
    }

    func testAListWhoseElementsAllFailIsReadOnce() throws {
        struct Film: Decodable { let title: String }
        struct Maybe: Decodable {
            let film: Film?
            init(from decoder: any Decoder) { film = try? Film(from: decoder) }
        }
        func steps(_ count: Int) throws -> Int {
            let text = "{\"list\":[\(Array(repeating: "{\"title\":7}", count: count).joined(separator: ","))]}"
            let tape = try JSONTape(PaddedText(copying: Data(text.utf8)), keepsDataApart: false)
            let films = try ValueDecoder(tape: tape, index: 0).value([String: [Maybe]].self)
            XCTAssertEqual(films["list"]?.count, count)
            return tape.steps
        }
        let (few, many) = (try steps(1000), try steps(2000))
        XCTAssertGreaterThan(few, 0)
        XCTAssertLessThanOrEqual(many, 2 * few + 10)
        // The place is right, whatever the order of reading.
        let text = #"[{"a":0,"b":[0,{"c":1}]},[2,3]]"#
        let tape = try JSONTape(PaddedText(copying: Data(text.utf8)), keepsDataApart: false)
        let expected = ["", "0", "0.a", "0.b", "0.b.0", "0.b.1", "0.b.1.c", "1", "1.0", "1.1"]
        for order in [Array(0..<tape.count), (0..<tape.count).reversed()] {
            let found = order.map { tape.path(to: $0).map(\.stringValue).joined(separator: ".") }
            XCTAssertEqual(Set(found), Set(expected))
        }
        XCTAssertEqual(tape.path(to: 9).map(\.stringValue), ["0", "b", "1", "c"])
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
        // Unknown fields may hold secrets too; the caller's own data is shown.
        let unknown = try shown(OAuth2.self, #"{"$id":"of next year","clientSecret":"hidden"}"#)
        XCTAssertFalse(unknown.contains("hidden"), unknown)
        XCTAssertTrue(unknown.contains("clientSecret"), unknown)
        XCTAssertTrue(try shown(Row<[String: JSON]>.self, #"{"$id":"r","secret":"my own"}"#).contains("my own"))
    }
}

/// Random numbers that are the same in every run.
private struct Repeatable: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
