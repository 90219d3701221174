import Foundation
import Polywrite

/// What a client is configured with, and what comes of it: tasks of tests/vectors/make/clients.py.
struct Clients {
    let recorder: Recorder

    init(_ recorder: Recorder) {
        self.recorder = recorder
        setenv("APPWRITE_ENDPOINT", recorder.endpoint, 1)
        setenv("APPWRITE_PROJECT_ID", "demo", 1)
    }

    /// The members of the task's line in the report.
    func follow(_ given: JSON) async throws -> String {
        if let reason = lacking(given) { return try "\"skipped\":\(seen(reason))" }
        var line: String
        do {
            line = try await "\"seen\":\(call(made(given), given))"
        } catch {
            line = try "\"error\":\(record(error))"
        }
        return try line + ",\"requests\":\(seen(JSON.array(recorder.requests.map(recorded))))"
    }

    /// Why a task is none for Swift.
    private func lacking(_ given: JSON) -> String? {
        if given["times"] != nil { return "warnings go to the standard error" }
        if given["raw"]?["params"]?["file"] != nil { return "a file goes by the method of its operation" }
        let known = ["timeout", "deadline", "maxResponseBytes", "retries", "forwardedUserAgent", "headers"]
        for (name, value) in given["options"]?.object ?? [:] {
            let areTexts = value.object?.values.allSatisfy { $0.string != nil } == true
            let fits =
                name == "headers"
                ? areTexts : name == "forwardedUserAgent" ? value.string != nil : value.int != nil
            guard known.contains(name), fits else { return "the compiler rejects \(name)" }
        }
        return nil
    }

    private func made(_ given: JSON) throws -> Client {
        if let function = given["function"] {
            let headers = function["headers"]?.object?.compactMapValues(\.string) ?? [:]
            return try function["user"]?.bool == true
                ? Client.fromFunctionUser(headers) : Client.fromFunctionHeaders(headers)
        }
        let client = Client().setEndpoint(recorder.endpoint).setProject("demo").setRetries(0)
        for (name, value) in given["settings"]?.object ?? [:] where !set(client, name, value) {
            throw AppwriteMissing(name: name)
        }
        let credential = given["credential"]?.array
        guard let kind = credential?[0].string, let secret = credential?[1].string else { return client }
        switch kind {
        case "key": return try client.withKey(secret)
        case "session": return try client.withSession(secret)
        case "jwt": return try client.withJWT(secret)
        case "bearer": return try client.withBearer(secret)
        case "cookie": return try client.withCookie(secret)
        case "devKey": return try client.withDevKey(secret)
        case "none": return try client.withoutCredentials()
        default: throw AppwriteMissing(name: kind)
        }
    }

    private func call(_ client: Client, _ given: JSON) async throws -> String {
        if let raw = given["raw"] {
            let text = { (name: String) in raw[name]?.string ?? "" }
            let headers = raw["headers"]?.object?.compactMapValues(\.string) ?? [:]
            return try await seen(client.call(method: text("method"), path: text("path"), headers: headers))
        }
        let options = given["options"]
        let time = { (name: String) in options?[name]?.int.map { Duration.milliseconds($0) } }
        let users = Users(client).with(
            timeout: time("timeout"), retries: options?["retries"]?.int, deadline: time("deadline"),
            maxResponseBytes: options?["maxResponseBytes"]?.int,
            forwardedUserAgent: options?["forwardedUserAgent"]?.string, range: options?["range"]?.string,
            headers: options?["headers"]?.object?.compactMapValues(\.string) ?? [:])
        return try await seen(users.get(userId: "u").id)
    }
}

/// A setting or credential of the plan that Swift lacks.
struct AppwriteMissing: Error { let name: String }

/// A request as reports have it.
func recorded(_ request: RecordedRequest) -> JSON {
    [
        "method": .string(request.method), "target": .string(request.target),
        "headers": .array(request.headers.map { [.string($0.key), .string($0.value)] }),
        "body": .string(request.body.base64EncodedString()),
    ]
}
