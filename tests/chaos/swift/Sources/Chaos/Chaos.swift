// Our Swift client of the chaos run: Chaos ENDPOINT CALLS AT_ONCE

import Foundation
import Polywrite

/// Hands out the numbers of the calls and counts what becomes of them.
actor Report {
    private struct Result: Encodable {
        var done = 0
        var wrong = 0
        var goodPosts: [String] = []
        var errors: [String: Int] = [:]
    }

    private let calls: Int
    private var next = 0
    private var result = Result()

    init(calls: Int) { self.calls = calls }

    func number() -> Int? {
        guard next < calls else { return nil }
        defer { next += 1 }
        return next
    }

    func succeeded(isPost: Bool, user: String, found: String) {
        result.done += 1
        if found != user {
            result.wrong += 1
        } else if isPost {
            result.goodPosts.append(user)
        }
    }

    func failed(isPost: Bool, _ error: any Error) {
        result.done += 1
        let kind = (error as? AppwriteError).map { "\($0.kind)" } ?? "\(type(of: error))"
        result.errors["\(isPost ? "POST" : "GET") \(kind)", default: 0] += 1
    }

    func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return "result \(String(decoding: try encoder.encode(result), as: UTF8.self))"
    }
}

@main
struct Chaos {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let calls = Int(arguments[2]), let atOnce = Int(arguments[3]) else {
            fatalError("usage: Chaos ENDPOINT CALLS AT_ONCE")
        }
        let client = Client().setEndpoint(arguments[1]).setProject("p").setKey("k").setTimeout(.seconds(5))
        let users = Users(client)
        let report = Report(calls: calls)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<atOnce {
                group.addTask {
                    while let number = await report.number() {
                        let (user, isPost) = ("swift\(number)", number % 2 == 1)
                        do {
                            let found =
                                isPost ? try await users.create(userId: user) : try await users.get(userId: user)
                            await report.succeeded(isPost: isPost, user: user, found: found.id)
                        } catch {
                            await report.failed(isPost: isPost, error)
                        }
                    }
                }
            }
        }
        print(try await report.line())
    }
}
