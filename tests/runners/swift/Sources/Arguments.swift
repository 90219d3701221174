import Foundation
import Polywrite

/// The arguments of a call or helper, by wire name.
struct Arguments {
    let values: [String: JSON]

    init(_ values: [String: JSON]) { self.values = values.mapValues(exact) }

    func has(_ name: String) -> Bool { values[name] != nil }

    /// A value of the type that the signature asks for; what is missing is null.
    func take<T: Decodable>(_ name: String) throws -> T {
        try JSONDecoder().decode(T.self, from: JSONEncoder().encode(json(name)))
    }

    func json(_ name: String) -> JSON { values[name] ?? .null }

    func optionalJSON(_ name: String) -> JSON? { values[name] }

    func values(_ name: String) -> [JSON] { json(name).array ?? [] }

    func any(_ name: String) -> Any { json(name) }

    func optionalAny(_ name: String) -> Any? { values[name] }

    func list(_ name: String) -> [Any] { values(name) }

    func optionalList(_ name: String) -> [Any]? { values[name].map { $0.array ?? [] } }

    func queries(_ name: String) throws -> [String] { try take(name) }

    func optionalQueries(_ name: String) throws -> [String]? { has(name) ? try queries(name) : nil }

    func number(_ name: String) -> any QueryNumber { json(name).int ?? json(name).double ?? 0 }

    func optionalNumber(_ name: String) -> (any QueryNumber)? { has(name) ? number(name) : nil }

    func file(_ name: String) -> InputFile {
        let file = json(name)["@file"]
        let data = Data(base64Encoded: file?["base64"]?.string ?? "") ?? Data()
        return .fromData(data, filename: file?["name"]?.string ?? "")
    }
}

/// Marked integers as integers.
func exact(_ value: JSON) -> JSON {
    if let digits = value["@integer"]?.string, let integer = Int(digits) { return .int(integer) }
    if let items = value.array { return .array(items.map(exact)) }
    if let entries = value.object { return .object(entries.mapValues(exact)) }
    return value
}

/// The helper takes any number of levels, but not a list of them.
func topic(_ levels: [String]) throws -> String {
    switch levels.count {
    case 0: try Topic.path()
    case 1: try Topic.path(levels[0])
    case 2: try Topic.path(levels[0], levels[1])
    default: try Topic.path(levels[0], levels[1], levels[2])
    }
}
