import Foundation

enum Refusal: Error, CustomStringConvertible {
    case all

    var description: String { "on purpose" }
}

func main(context: RuntimeContext) async throws -> RuntimeOutput {
    let request = context.req
    if request.path == "/fail" { throw annotatedError(Refusal.all) }
    if request.path == "/wait" {
        // Foundation would give it a process group of its own.
        var (child, words) = (pid_t(), [strdup("sleep"), strdup("900"), nil])
        posix_spawn(&child, "/bin/sleep", nil, nil, &words, nil)
        try String(child).write(toFile: "child", atomically: true, encoding: .utf8)
        try await Task.sleep(nanoseconds: 900_000_000_000)
    }
    print("printed")
    context.log("called with \(request.bodyText)")
    context.error("not an error")
    let body: [String: Any?] = [
        "method": request.method, "url": request.url, "text": greeting(request.bodyJson["name"] as? String ?? "you"),
        "trigger": request.headers["x-appwrite-trigger"], "number": request.headers["x-number"],
        "key": request.headers["x-appwrite-key"], "secret": ProcessInfo.processInfo.environment["SECRET"],
    ]
    return try context.res.json(body, statusCode: 201, headers: ["X-Own": "yes", "X-Open-Runtimes-Own": "no"])
}
