// What functions in Swift are written against: the names that the server's runtime has in the module of a function, over
// logs that the emulator reads.

import Foundation

/// The most characters of one line.
private let longestLine = 8000

/// What a function is called with.
class RuntimeContext: @unchecked Sendable {
    let req: RuntimeRequest
    let res = RuntimeResponse()
    let logger: RuntimeLogger

    init(request: RuntimeRequest, logger: RuntimeLogger) {
        req = request
        self.logger = logger
    }

    func log(_ message: Any) {
        logger.write(message: message, type: RuntimeLogger.TYPE_LOG)
    }

    func error(_ message: Any) {
        logger.write(message: message, type: RuntimeLogger.TYPE_ERROR)
    }
}

/// The request that a function answers.
class RuntimeRequest {
    let bodyBinary: Data
    let headers: [String: String]
    let method: String
    let url: String
    let scheme: String?
    let host: String
    let port: Int?
    let path: String
    let queryString: String?
    let query: [String: String]?

    init(
        bodyBinary: Data, headers: [String: String], method: String, url: String, scheme: String?, host: String,
        port: Int?, path: String, queryString: String?, query: [String: String]?
    ) {
        (self.bodyBinary, self.headers, self.method, self.url) = (bodyBinary, headers, method, url)
        (self.scheme, self.host, self.port, self.path) = (scheme, host, port, path)
        (self.queryString, self.query) = (queryString, query)
    }

    var bodyText: String { String(data: bodyBinary, encoding: .utf8) ?? "" }

    var bodyRaw: String { bodyText }

    /// The object that the body is; an empty one if the body is not JSON. As on the server, JSON that is not an object ends
    /// the program.
    var bodyJson: [String: Any?] {
        guard let value = try? JSONSerialization.jsonObject(with: bodyBinary, options: .fragmentsAllowed),
            value as? String != ""
        else { return [:] }
        return value as! [String: Any?]
    }

    var body: Any {
        let kind = headers["content-type"]?.lowercased() ?? ""
        return kind.hasPrefix("application/json") ? bodyJson : bodyText
    }
}

/// What a function returns.
struct RuntimeOutput {
    let body: Data
    let statusCode: Int
    let headers: [String: String]
}

/// Makes responses.
class RuntimeResponse {
    func binary(_ bytes: Data, statusCode: Int = 200, headers: [String: String] = [:]) -> RuntimeOutput {
        RuntimeOutput(body: bytes, statusCode: statusCode, headers: headers)
    }

    func text(_ body: String, statusCode: Int = 200, headers: [String: String] = [:]) -> RuntimeOutput {
        binary(Data(body.utf8), statusCode: statusCode, headers: headers)
    }

    func send(_ body: String, statusCode: Int = 200, headers: [String: String] = [:]) -> RuntimeOutput {
        text(body, statusCode: statusCode, headers: headers)
    }

    func json(_ json: [String: Any?], statusCode: Int = 200, headers: [String: String] = [:]) throws -> RuntimeOutput {
        let bytes = try JSONSerialization.data(withJSONObject: json)
        let named = headers.merging(["content-type": "application/json"]) { $1 }
        return binary(bytes, statusCode: statusCode, headers: named)
    }

    func empty() -> RuntimeOutput {
        text("", statusCode: 204)
    }

    func redirect(_ url: String, statusCode: Int = 301, headers: [String: String] = [:]) -> RuntimeOutput {
        text("", statusCode: statusCode, headers: headers.merging(["location": url]) { $1 })
    }
}

/// Keeps what a function writes down.
class RuntimeLogger: @unchecked Sendable {
    static let TYPE_LOG = "log"
    static let TYPE_ERROR = "error"

    let id: String
    private let lock = NSLock()
    private var logs = ""
    private var errors = ""

    init(id: String) {
        self.id = id
    }

    func write(message: Any, type: String = RuntimeLogger.TYPE_LOG) {
        var line = shown(message) + "\n"
        if line.count > longestLine {
            line = line.prefix(longestLine) + "... Log truncated due to size limit (\(longestLine) characters)"
        }
        lock.withLock {
            if type == RuntimeLogger.TYPE_ERROR { errors += line } else { logs += line }
        }
    }

    /// What has been written.
    var written: (logs: String, errors: String) { lock.withLock { (logs, errors) } }
}

/// Collections as JSON where they can be, all else as Swift describes it.
private func shown(_ message: Any) -> String {
    guard JSONSerialization.isValidJSONObject(message), let json = try? JSONSerialization.data(withJSONObject: message)
    else { return String(describing: message) }
    return String(decoding: json, as: UTF8.self)
}

/// A place in the code of a function.
struct FileLocation: CustomStringConvertible {
    let file: String
    let line: Int
    let function: String

    var description: String { "\(file):\(line) \(function)" }
}

/// An error with the places that it came through, the innermost first.
struct SourceLocationError: Error, CustomStringConvertible {
    var fileLocations: [FileLocation]
    let error: Error

    /// The last place is where the function is called, of which its author knows nothing.
    var description: String {
        let known = fileLocations.dropLast().reversed().map { "\($0)\n" }
        return "\(error)\n" + known.joined()
    }
}

/// The error with the place of the call.
func annotatedError(_ error: Error, file: String = #fileID, line: Int = #line, function: String = #function) -> Error {
    let known = error as? SourceLocationError
    let place = FileLocation(file: file, line: line, function: function)
    return SourceLocationError(fileLocations: (known?.fileLocations ?? []) + [place], error: known?.error ?? error)
}

/// What the expression returns; what it throws gets the place of the call.
func annotateError<T>(
    _ proc: @autoclosure () throws -> T, file: String = #fileID, line: Int = #line, function: String = #function
) throws -> T {
    do {
        return try proc()
    } catch {
        throw annotatedError(error, file: file, line: line, function: function)
    }
}

/// The same for an expression that waits.
func annotateError<T>(
    _ proc: @autoclosure () async throws -> T, file: String = #fileID, line: Int = #line, function: String = #function
) async throws -> T {
    do {
        return try await proc()
    } catch {
        throw annotatedError(error, file: file, line: line, function: function)
    }
}
