// Calls a function once, as the server's runtime does: `Runtime ANSWER`. The request comes as one line of JSON on stdin,
// which stays open as long as the emulator waits; the answer goes into the file ANSWER.

import Foundation

/// What the emulator hands over.
struct Given: Decodable {
    let method: String
    let path: String
    let queryString: String
    let headers: [String: Header]
    /// In base64.
    let body: Data

    /// The text of a header; a program may name a number.
    struct Header: Decodable {
        let text: String

        init(from decoder: Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self.text = text
            } else if let flag = try? value.decode(Bool.self) {
                text = String(flag)
            } else {
                text = String(try value.decode(Decimal.self).description)
            }
        }
    }

    var request: RuntimeRequest {
        let headers = headers.mapValues(\.text)
        let scheme = headers["x-forwarded-proto"] ?? "http"
        let usual = scheme == "http" ? 80 : 443
        let named = (headers["host"] ?? "").split(separator: ":", maxSplits: 1)
        let host = named.first.map(String.init) ?? ""
        let port = named.count > 1 ? Int(named[1]) ?? usual : usual
        var query: [String: String] = [:]
        for pair in queryString.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if let name = parts.first { query[String(name)] = parts.count > 1 ? String(parts[1]) : "" }
        }
        let address = "\(scheme)://\(host)" + (port == usual ? "" : ":\(port)") + path
        return RuntimeRequest(
            bodyBinary: body, headers: headers, method: method,
            url: address + (queryString.isEmpty ? "" : "?\(queryString)"), scheme: scheme, host: host, port: port,
            path: path, queryString: queryString.isEmpty ? nil : queryString, query: query)
    }
}

/// What the emulator reads.
struct Answer: Encodable {
    let statusCode: Int
    let headers: [[String]]
    /// In base64.
    let body: Data
    let logs: String
    let errors: String

    init(_ output: RuntimeOutput, _ logger: RuntimeLogger) {
        (logs, errors) = logger.written
        (statusCode, body) = (output.statusCode, output.body)
        var named = Dictionary(output.headers.map { ($0.key.lowercased(), $0.value) }) { $1 }
        let kind = (named["content-type"] ?? "text/plain").lowercased()
        if !kind.hasPrefix("multipart/"), !kind.contains("charset=") {
            named["content-type"] = "\(kind); charset=utf-8"
        }
        headers = named.filter { !$0.key.hasPrefix("x-open-runtimes-") }.sorted { $0.key < $1.key }.map {
            [$0.key, $0.value]
        }
    }
}

func answer(_ given: Given) async -> Answer {
    let logger = RuntimeLogger(id: given.headers["x-appwrite-execution-id"]?.text ?? "")
    let context = RuntimeContext(request: given.request, logger: logger)
    do {
        return Answer(try await annotateError(try await main(context: context)), logger)
    } catch {
        context.error(error)
        return Answer(context.res.text("", statusCode: 500), logger)
    }
}

let given = try JSONDecoder().decode(Given.self, from: Data((readLine() ?? "").utf8))
// The emulator has ended or waits no longer. `readLine` would hold a lock that the end of the program waits for.
Thread.detachNewThread {
    while !FileHandle.standardInput.availableData.isEmpty {}
    exit(1)
}
try JSONEncoder().encode(await answer(given)).write(to: URL(fileURLWithPath: CommandLine.arguments[1]))
// Tasks of the code's own do not keep the caller waiting.
exit(0)
