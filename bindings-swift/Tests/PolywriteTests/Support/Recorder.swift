import Foundation

/// A request as it was on the wire.
struct RecordedRequest: Sendable {
    let method: String
    /// Path and query, still encoded.
    let target: String
    /// By name in lower case.
    let headers: [String: String]
    let body: Data

    /// The path without its encoding.
    var path: String { (target.split(separator: "?").first.map(String.init) ?? "").removingPercentEncoding ?? "" }

    /// The query's names and values without their encoding.
    var query: [[String]] {
        guard let start = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: start)...].split(separator: "&").map { pair in
            pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { String($0).removingPercentEncoding ?? "" }
        }
    }
}

/// What the recorder sends for a request.
struct CannedResponse: Sendable {
    var status = 200
    var headers: [String: String] = ["content-type": "application/json"]
    var body = Data()
    /// Called when half of the response is sent; the other half follows once it returns.
    var inTheMiddle: (@Sendable () -> Void)?
    /// Closes the connection in place of a response.
    var isLost = false

    static let lost = CannedResponse(isLost: true)

    static func json(_ text: String, status: Int = 200) -> CannedResponse {
        CannedResponse(status: status, body: Data(text.utf8))
    }
}

/// A small HTTP server on a port of its own that records its requests; it stays silent where the responder returns nil.
final class Recorder: @unchecked Sendable {
    typealias Responder = @Sendable (RecordedRequest) -> CannedResponse?

    let port: UInt16
    private let socket: Int32
    private let lock = NSLock()
    private var recorded: [RecordedRequest] = []
    private var connections: [Int32] = []
    private var closed = 0
    private var responder: Responder
    private var isClosing = false
    private var isOpen = true

    init(_ responder: @escaping Responder = { _ in .json("{}") }) throws {
        self.responder = responder
        (socket, port) = try Recorder.listen()
        Thread.detachNewThread { [self] in accepting() }
    }

    private static func listen() throws -> (Int32, UInt16) {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socket, generic, length) == 0 && Foundation.listen(socket, 128) == 0
                    && getsockname(socket, generic, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRNOTAVAIL) }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    deinit { stop() }

    var endpoint: String { "http://127.0.0.1:\(port)/v1" }

    /// Every request so far.
    var requests: [RecordedRequest] { lock.withLock { recorded } }

    /// Connections that the other side has closed.
    var closedConnections: Int { lock.withLock { closed } }

    /// Forgets the requests so far.
    func forget() { lock.withLock { recorded = [] } }

    /// Changes the responses.
    func respond(_ responder: @escaping Responder) { lock.withLock { self.responder = responder } }

    /// From now on closes every connection at once, whatever clients send.
    func closeConnections() { lock.withLock { isClosing = true } }

    /// Closes every socket.
    func stop() {
        let wasOpen = lock.withLock {
            connections.forEach { _ = shutdown($0, Int32(SHUT_RDWR)) }
            connections = []
            defer { isOpen = false }
            return isOpen
        }
        // The thread that accepts closes the socket: another file gets the number, and must not be accepted from.
        if wasOpen { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private func accepting() {
        while true {
            let connection = accept(socket, nil, nil)
            guard connection >= 0 else { break }
            if lock.withLock({ isClosing }) {
                close(connection)
                continue
            }
            lock.withLock { connections.append(connection) }
            Thread.detachNewThread { [weak self] in
                var waiting = Data()
                while let request = Recorder.read(from: connection, &waiting) {
                    guard let self else { break }
                    let respond = self.lock.withLock {
                        self.recorded.append(request)
                        return self.responder
                    }
                    guard let response = respond(request) else { continue }
                    if response.isLost { break }
                    Recorder.write(response, to: connection)
                }
                self?.lock.withLock {
                    self?.closed += 1
                    self?.connections.removeAll { $0 == connection }
                }
                close(connection)
            }
        }
        close(socket)
    }

    /// The next request; nil when the connection ends.
    private static func read(from connection: Int32, _ waiting: inout Data) -> RecordedRequest? {
        let separator = Data("\r\n\r\n".utf8)
        var end = waiting.range(of: separator)
        while end == nil {
            guard fill(&waiting, from: connection) else { return nil }
            end = waiting.range(of: separator)
        }
        guard let end else { return nil }
        let lines = String(decoding: waiting[waiting.startIndex..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1] }
        }
        waiting = Data(waiting[end.upperBound...])
        let length = Int(headers["content-length"] ?? "0") ?? 0
        while waiting.count < length {
            guard fill(&waiting, from: connection) else { return nil }
        }
        let body = Data(waiting.prefix(length))
        waiting = Data(waiting.dropFirst(length))
        let first = (lines.first ?? "").split(separator: " ").map(String.init)
        guard first.count == 3 else { return nil }
        return RecordedRequest(method: first[0], target: first[1], headers: headers, body: body)
    }

    private static func fill(_ waiting: inout Data, from connection: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(connection, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        waiting.append(contentsOf: buffer.prefix(count))
        return true
    }

    private static func write(_ response: CannedResponse, to connection: Int32) {
        // A response may announce another length than it has.
        let headers = ["content-length": "\(response.body.count)"].merging(response.headers) { $1 }
        var head = "HTTP/1.1 \(response.status) Response\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        let bytes = [UInt8](Data((head + "\r\n").utf8) + response.body)
        var sent = 0
        while sent < bytes.count {
            // In one piece, unless something happens in the middle: two of them wait 40 ms for each other.
            let half = response.inTheMiddle == nil ? 0 : bytes.count / 2
            if sent == half { response.inTheMiddle?() }
            let end = sent < half ? half : bytes.count
            let count = bytes[sent..<end].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}
