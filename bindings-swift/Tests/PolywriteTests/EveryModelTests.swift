import Foundation
import Polywrite
import PolywriteJSON
import PolywriteModels
import XCTest

/// Decodes a sample of every model, encodes it again and compares.
final class EveryModelTests: XCTestCase {
    func testEveryModelDecodesAndEncodes() throws {
        let samples = try Samples()
        decodeEverything(samples)
        XCTAssertEqual(samples.checked.sorted(), samples.expectations.models.keys.sorted())
        XCTAssertGreaterThan(samples.checked.count, 300)
    }
}

/// Checks models, one at a time.
class Samples {
    let expectations: Expectations
    fileprivate(set) var checked: [String] = []

    init() throws { expectations = try Expectations.load() }

    func check<Model: Codable>(_ name: String, _ model: Model.Type) {
        checked.append(name)
        do {
            guard let sample = expectations.models[name] else { return XCTFail("\(name) has no sample") }
            let decoded = try BodyDecoder.decode(model, from: JSONEncoder().encode(sample))
            _ = try JSONDecoder().decode(model, from: JSONEncoder().encode(sample))
            let encoded = try JSONDecoder().decode(JSON.self, from: JSONEncoder().encode(decoded))
            // Encoding may omit only what the model has no field for.
            XCTAssertTrue(encoded.isPart(of: sample), "\(name): \(encoded) is not a part of \(sample)")
        } catch {
            XCTFail("\(name): \(error)")
        }
    }
}

extension JSON {
    /// Every member is the same in `whole`, which may have more.
    func isPart(of whole: JSON) -> Bool {
        switch (self, whole) {
        case (.object(let part), .object(let whole)):
            part.allSatisfy { key, value in whole[key].map { value.isPart(of: $0) } ?? false }
        case (.array(let part), .array(let whole)):
            part.count == whole.count && zip(part, whole).allSatisfy { $0.isPart(of: $1) }
        default: double != nil ? double == whole.double && int == whole.int : self == whole
        }
    }
}
