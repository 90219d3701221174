// Follows a plan of tests/vectors with the Swift package: Vectors PLAN REPORT
import Foundation
import Polywrite

/// A line of the plan.
struct PlannedTask: Decodable {
    let `do`: String
    let id: String
    let operation: String?
    let helper: String?
    let `enum`: String?
    let arguments: [String: JSON]?
    let selfHosted: Bool?
    let given: JSON?
    let response: PlannedResponse?
}

/// A response of the recorder; the body in base64.
struct PlannedResponse: Decodable {
    let status: Int
    let headers: [[String]]
    let body: String
    /// Nothing is sent.
    let hang: Bool?
}

/// Makes the calls against its recorder.
@available(*, deprecated, message: "old spellings are called on purpose")
struct Runner {
    let recorder: Recorder
    /// For a self-hosted server, as the recorder's address implies, and for the cloud.
    let selfHosted: Client
    let cloud: Client
    let clients: Clients

    init() throws {
        recorder = try Recorder()
        clients = Clients(recorder)
        // An error response is not retried.
        selfHosted = Client().setEndpoint(recorder.endpoint).setProject("demo").setKey("secret").setRetries(0)
        cloud = try selfHosted.copy().setSelfHosted(false)
    }

    /// The members of the task's line in the report.
    func follow(_ task: PlannedTask) async throws -> String {
        let given = Arguments(task.arguments ?? [:])
        switch task.do {
        case "helper": return try helper(task.helper ?? "", given)
        case "enum": return try "\"values\":\(seen(members(task.enum ?? "")))"
        case "webhook": return try webhook(task.given ?? [:])
        case "client":
            expect(task.response)
            return try await clients.follow(task.given ?? [:])
        default: return try await call(task, given)
        }
    }

    private func call(_ task: PlannedTask, _ given: Arguments) async throws -> String {
        guard let planned = task.response, let operation = task.operation else { return #""skipped":"no call""# }
        expect(planned)
        var line: String
        do {
            let client = task.selfHosted == false ? cloud : selfHosted
            guard let seen = try await makeCall(client, operation, given) else {
                return #""skipped":"there is no such call""#
            }
            line = "\"seen\":\(seen)"
        } catch {
            line = try "\"error\":\(record(error))"
        }
        if let request = recorder.requests.first { line += try ",\"request\":\(seen(recorded(request)))" }
        return line
    }

    /// Forgets the requests and responds to the next ones like this.
    private func expect(_ planned: PlannedResponse?) {
        let headers = Dictionary((planned?.headers ?? []).map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
        let body = Data(base64Encoded: planned?.body ?? "") ?? Data()
        let response = CannedResponse(status: planned?.status ?? 204, headers: headers, body: body)
        recorder.forget()
        recorder.respond { _ in planned?.hang == true ? nil : response }
    }

    private func webhook(_ given: JSON) throws -> String {
        do {
            let text = { (name: String) in given[name]?.string ?? "" }
            let headers = (given["headers"]?.array ?? []).map { pair in
                (pair.array?[0].string ?? "", pair.array?[1].string ?? "")
            }
            let (body, url, secret) = (Data(text("body").utf8), text("url"), text("secret"))
            let event = try WebhookEvent(headers: headers, body: body, url: url, secret: secret)
            let signature = try WebhookEvent.signature(of: body, url: url, secret: secret)
            let facts: JSON = [
                "id": .string(event.id), "name": .string(event.name), "events": .array(event.events.map(JSON.string)),
                "userId": event.userId.map(JSON.string) ?? .null, "projectId": .string(event.projectId),
                "model": event.model.map(JSON.string) ?? .null, "payload": try event.payload(as: JSON.self),
                "signature": .string(signature),
            ]
            return try "\"seen\":\(seen(facts))"
        } catch {
            return try "\"error\":\(record(error))"
        }
    }

    private func helper(_ name: String, _ given: Arguments) throws -> String {
        do {
            guard let made = try makeHelper(name, given) else { return #""skipped":"there is no such helper""# }
            return try "\"made\":\(name == "Query.page" ? seen(made) : seen(made[0]))"
        } catch let error as AppwriteError where error.kind == .argument {
            return #""refused":true"#
        }
    }
}

@available(*, deprecated, message: "old spellings are called on purpose")
func main() async throws {
    let runner = try Runner()
    let plan = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8)
    var report = ""
    for line in plan.split(separator: "\n") {
        let task = try JSONDecoder().decode(PlannedTask.self, from: Data(line.utf8))
        let id = try seen(task.id)
        do {
            report += try await "{\"id\":\(id),\(runner.follow(task))}\n"
        } catch {
            report += "{\"id\":\(id),\"error\":\(try record(error))}\n"
        }
    }
    try report.write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
}

try await main()
