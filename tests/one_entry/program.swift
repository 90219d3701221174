// Makes three calls with the setting and the option, and prints the kind and the query.

import Foundation
import Polywrite

@main
struct Program {
    static func main() async throws {
        let pets = Pets(Client().setProject("demo").setTenant("acme"))
        _ = try await pets.list()
        for tenant in ["other", ""] { _ = try await pets.with(tenant: tenant).list() }
        let query = Query.isNearly("age", value: 3)
        let printed = ["kind": AppwriteError.Kind.tooEarly.rawValue, "query": "\(query)"]
        print(String(decoding: try JSONEncoder().encode(printed), as: UTF8.self))
    }
}
