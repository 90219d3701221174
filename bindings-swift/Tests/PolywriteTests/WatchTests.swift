import Foundation
import Polywrite
import XCTest

/// What a program can watch: the response itself, hooks, log lines.
final class WatchTests: XCTestCase {
    private let limited = [
        "content-type": "application/json", "X-RateLimit-Limit": "10", "X-RateLimit-Remaining": "9",
        "X-RateLimit-Reset": "1795831200", "set-cookie": "a=s3cret",
    ]
    private let users = Data(#"{"total":0,"users":[]}"#.utf8)

    func testACallReturnsItsResponseBesideWhatItReturns() async throws {
        let server = try Script.server(
            [.json("", status: 503), CannedResponse(headers: limited, body: users)], repeatsLast: true)
        let (list, response) = try await Users(Script.client(server)).withResponse { try await $0.list() }
        XCTAssertEqual(list.total, 0)
        XCTAssertEqual(response.status, 200)
        XCTAssertEqual(response.header("Content-Type"), "application/json")
        XCTAssertEqual(response.rateLimit?.limit, 10)
        XCTAssertEqual(response.rateLimit?.remaining, 9)
        XCTAssertEqual(response.rateLimit?.reset, Date(timeIntervalSince1970: 1_795_831_200))
        XCTAssertNil(response.serverVersion)
        XCTAssertEqual(response.attempts.map(\.status), [503])
        XCTAssertNotNil(response.attempts.first?.wait)
        XCTAssertGreaterThan(response.duration, .zero)
        for shown in ["\(response)", String(reflecting: response)] {
            XCTAssertTrue(shown.contains("set-cookie") && !shown.contains("s3cret"), shown)
        }
        do {
            _ = try await Users(Script.client(server)).withResponse { _ in 1 }
            XCTFail("there is no response")
        } catch let error as AppwriteError {
            XCTAssertEqual(error.kind, .argument)
        }
    }

    func testUploadsAndDownloadsHaveTheirResponses() async throws {
        let file = #"{"$id":"f","bucketId":"b","chunksTotal":1,"chunksUploaded":1}"#
        let server = try Script.server(
            [CannedResponse(status: 201, headers: limited, body: Data(file.utf8))], repeatsLast: true)
        let storage = Storage(Script.client(server))
        let progress = Collected<Int>()
        let sent = try await storage.withResponse {
            try await $0.createFile(
                bucketId: "b", fileId: "f", file: InputFile.fromBytes([1], filename: "a.txt"),
                onProgress: { progress.add($0.chunksUploaded) })
        }
        XCTAssertEqual(sent.data.id, "f")
        XCTAssertEqual(sent.response.status, 201)
        XCTAssertEqual(progress.all, [1])
        let (content, whole) = try await storage.withResponse {
            try await $0.getFileDownload(bucketId: "b", fileId: "f")
        }
        XCTAssertEqual(content, Data(file.utf8))
        XCTAssertEqual(whole.rateLimit?.limit, 10)
        let (_, begun) = try await storage.withResponse {
            try await $0.getFileDownloadStream(bucketId: "b", fileId: "f")
        }
        XCTAssertEqual(begun.status, 201)
    }

    func testHooksHearOfEachAttemptInOrderAndALoggerGetsALineForEach() async throws {
        let server = try Script.server(
            [.json("", status: 503), CannedResponse(headers: limited, body: users)], repeatsLast: true)
        let (heard, lines, ended) = (Collected<String>(), Collected<String>(), expectation(description: "all heard"))
        let client = Script.client(server).setHooks(
            beforeAttempt: { heard.add("before \($0.attempt)") },
            afterAttempt: { event in
                heard.add("after \(event.attempt) \(event.status ?? 0) \(event.path)")
                if event.status == 200 { ended.fulfill() }
            },
            beforeRetry: { heard.add("retry \($0.attempt) \($0.wait != nil) \($0.kind ?? .internal)") }
        ).setLogger(level: .trace) { level, line in lines.add("\(level) \(line)") }
        _ = try await Users(client.withSession("s3cret")).list()
        await fulfillment(of: [ended], timeout: 20)
        XCTAssertEqual(
            heard.all,
            ["before 1", "after 1 503 /users", "retry 1 true api", "before 2", "after 2 200 /users"])
        // The queue is the hooks', so that a line before the last event is there.
        XCTAssertTrue(lines.all.contains { $0.hasPrefix("debug users.list: GET 127.0.0.1:") }, "\(lines.all)")
        XCTAssertTrue(lines.all.contains { $0.hasPrefix("trace") && $0.contains("set-cookie: [redacted]") })
        XCTAssertFalse(lines.all.joined().contains("s3cret"))
    }

    func testHooksHearOfTheCallsOfABulkWriteAndOfATransactionsBeginAndEnd() async throws {
        let done = Data(#"{"total":1,"rows":[],"$id":"x"}"#.utf8)
        let server = try Script.server(
            [.json("", status: 503), CannedResponse(status: 201, headers: limited, body: done)], repeatsLast: true)
        let (heard, ended) = (Collected<String>(), expectation(description: "all heard"))
        let client = Script.client(server).setHooks(afterAttempt: { event in
            heard.add("\(event.operation) \(event.status ?? 0)")
            if event.operation == "tablesDB.updateTransaction" { ended.fulfill() }
        })
        let tables = TablesDB(client)
        let rows: [JSON] = [["a": 1], ["a": 2]]
        _ = try await tables.bulkCreateRows(databaseId: "d", tableId: "t", rows: rows, limit: 1, concurrency: 1)
        _ = try await tables.transaction { try await $0.deleteRow(databaseId: "d", tableId: "t", rowId: "r") }
        await fulfillment(of: [ended], timeout: 20)
        XCTAssertEqual(
            heard.all,
            [
                "tablesDB.createRows 503", "tablesDB.createRows 201", "tablesDB.createRows 201",
                "tablesDB.createTransaction 201", "tablesDB.deleteRow 201", "tablesDB.updateTransaction 201",
            ])
    }

    func testASecretOfACallComesOutNowhereWhateverKindOfErrorItMeets() async throws {
        let file = URL(fileURLWithPath: #filePath)
            .appendingPathComponent("../../../../tests/vectors/generated/marker.json").standardized
        let marked = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: file))
        let markers = try XCTUnwrap(marked["markers"]?.array).compactMap(\.string)
        let responses = try XCTUnwrap(marked["responses"]?.array)
        let (out, kinds, server) = (Collected<String>(), Collected<String>(), try Recorder())
        let ended = expectation(description: "all heard")
        let base = Script.client(server).setHooks(
            beforeAttempt: { out.add("\($0)") },
            afterAttempt: { event in
                out.add("\(event)")
                if event.operation == "users.list" { ended.fulfill() }
            },
            beforeRetry: { out.add("\($0)") }
        ).setLogger(level: .trace) { level, line in out.add("\(level) \(line)") }
        let makers: [(String) throws -> Client] = [
            { try base.withKey($0) }, { try base.withSession($0) }, { try base.withJWT($0) },
            { try base.withBearer($0) }, { try base.withDevKey($0) }, { try base.withCookie("a_session_p=\($0)") },
        ]
        for (index, call) in try XCTUnwrap(marked["calls"]?.array).enumerated() {
            let said = responses[index % responses.count]
            server.respond { _ in
                if said["cut"] == true { return .lost }
                if said["hang"] == true { return nil }
                let body = said["text"]?.string ?? said["json"]?.description ?? ""
                var response = CannedResponse.json(body, status: said["status"]?.int ?? 200)
                for pair in said["headers"]?.array ?? [] {
                    response.headers[pair[0]?.string ?? ""] = pair[1]?.string
                }
                return response
            }
            let client = try makers[index % makers.count](markers[0])
            if said["hang"] == true { client.setTimeout(.milliseconds(50)) }
            out.add("\(client) \(String(reflecting: client))")
            do {
                _ = try await client.call(
                    method: call["method"]?.string ?? "", path: call["path"]?.string ?? "",
                    headers: ["x-own-secret": markers[0]], params: call["arguments"]?.object ?? [:])
            } catch let error as AppwriteError {
                kinds.add(error.kind.rawValue)
                var dumped = ""
                dump(error, to: &dumped)
                out.add("\(error) \(String(reflecting: error)) \(error.localizedDescription) \(dumped)")
            }
        }
        server.respond { [users] _ in CannedResponse(body: users) }
        _ = try await Users(base.withKey(markers[0])).list()
        await fulfillment(of: [ended], timeout: 20)
        // A request that no operation describes has the kinds of any: what JSON is decoded as, the program decides.
        let provoked = Set(responses.compactMap { $0["kind"]?.string }).subtracting(["", "decode"])
        XCTAssertTrue(provoked.isSubset(of: kinds.all), "\(provoked.subtracting(kinds.all))")
        let everything = out.all.joined(separator: "\n")
        XCTAssertTrue(everything.contains("x-own-secret: [redacted]") && everything.contains("set-cookie: [redacted]"))
        for line in out.all {
            XCTAssertFalse(markers.contains(where: line.contains), line)
        }
        server.stop()
    }
}
