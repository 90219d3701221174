import Foundation
import PolywriteNative

/// A download, piece by piece: the next piece is read when it is asked for.
///
///     for try await piece in try await storage.getFileDownloadStream(bucketId: "photos", fileId: "sunset") {
///         try await response.write(piece)
///     }
///
/// It can be read once: a second loop throws. Leaving the loop or cancelling the task ends the download.
public struct DownloadStream: AsyncSequence, Sendable {
    public typealias Element = Data

    private let native: NativeStream
    private let client: Client
    private let isRead = Locked(false)

    init(native: NativeStream, client: Client) {
        self.native = native
        self.client = client
    }

    /// Size in bytes, if the server said it.
    public var size: Int? { native.size().map { Int(clamping: $0) } }

    /// MIME type, if the server said it.
    public var contentType: String? { native.contentType() }

    public func makeAsyncIterator() -> AsyncIterator {
        let isFirst = isRead.withLock { isRead in
            defer { isRead = true }
            return !isRead
        }
        return AsyncIterator(reading: isFirst ? Reading(native) : nil, client: client)
    }

    /// Asks for one piece after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// None when another iterator has the pieces.
        fileprivate let reading: Reading?
        fileprivate let client: Client

        public mutating func next() async throws -> Data? {
            guard let native = reading?.native else { throw AppwriteError.argument("a download can be read once") }
            do {
                let piece = try await withTaskCancellationHandler {
                    Body(try await native.next())
                } onCancel: {
                    native.close()
                }
                try Task.checkCancellation()
                return piece.isEmpty ? nil : piece.data
            } catch {
                throw error is CancellationError ? error : client.failure(error)
            }
        }
    }
}

/// A loop's part of a download, which ends with the loop even while the sequence is still held.
private final class Reading: Sendable {
    let native: NativeStream

    init(_ native: NativeStream) { self.native = native }

    deinit { native.close() }
}

extension AppwriteService {
    /// Downloads into a file.
    @_spi(SDK) public func download(
        _ operation: String,
        _ parameters: JSONText,
        to path: String,
        _ parallel: Int,
        _ onProgress: (@Sendable (DownloadProgress) -> Void)?
    ) async throws {
        let written = NativeFile(path: path, bytes: nil, session: nil)
        let command = "{\"save\":{\"reports\":\(onProgress != nil),\"parallel\":\(parallel)}}"
        _ = try await reporting(operation, parameters, command, file: written, onProgress)
    }

    /// Starts a download and returns its pieces, once the response has begun.
    @_spi(SDK) public func stream(_ operation: String, _ parameters: JSONText) async throws -> DownloadStream {
        try Task.checkCancellation()
        do {
            let started = try client.start(client.native(), operation, parameters, options, "\"stream\"")
            let stream = try await client.waiting(for: started) { try await started.call.stream() }
            return DownloadStream(native: stream, client: client)
        } catch {
            throw client.failure(error)
        }
    }
}
