import Foundation
import Polywrite

/// Simulates many visitors at once, each of whom must see only their own page.
@main
struct Main {
    static func main() async throws {
        let admin = try Client.fromEnv()
        if let file = ProcessInfo.processInfo.environment["POLYWRITE_CA_FILE"] {
            admin.setCACertificates(try String(contentsOfFile: file, encoding: .utf8))
        }
        let site = Site(admin: admin)

        var visitors: [(name: String, session: String)] = []
        for name in ["Ada", "Grace", "Katherine", "Dorothy", "Mary"] {
            let email = "\(ID.unique())@example.com"
            _ = try await Users(admin).create(
                userId: ID.unique(), email: email, password: "a long password", name: name)
            guard let session = try await site.signIn(email: email, password: "a long password") else { exit(1) }
            visitors.append((name, session))
        }
        print("\(visitors.count) people are signed in")

        let right = try await withThrowingTaskGroup(of: Bool.self, returning: Int.self) { group in
            for number in 0..<200 {
                let visitor = visitors[number % visitors.count]
                group.addTask {
                    try await site.page(for: .init(session: visitor.session)) == "<h1>Hello \(visitor.name)</h1>"
                }
            }
            var count = 0
            for try await right in group where right { count += 1 }
            return count
        }
        print("\(right) of 200 pages rendered at the same time were for the right person")
        print("without a cookie: \(try await site.page(for: .init()))")
        print("with a made-up one: \(try await site.page(for: .init(session: "nonsense")))")

        // Wrong input of visitors is not an error of the program: nothing here throws.
        for (email, password) in [
            ("unknown@example.com", "a long password"), ("unknown@example.com", "short"), ("no address", "password"),
            ("", ""),
        ] {
            if try await site.signIn(email: email, password: password) != nil { exit(1) }
        }
        let leaving = Site.Request(session: visitors[0].session)
        try await site.signOut(leaving)
        try await site.signOut(leaving)
        try await site.signOut(.init(session: "nonsense"))
        print("after signing out: \(try await site.page(for: leaving))")
        if right != 200 { exit(1) }
    }
}
