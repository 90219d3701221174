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

    private let download: NativeDownload
    private let client: Client
    private let isRead = Locked(false)

    init(download: NativeDownload, client: Client) {
        self.download = download
        self.client = client
    }

    /// Size in bytes, if the server said it.
    public var size: Int? { download.size().map { Int(clamping: $0) } }

    /// MIME type, if the server said it.
    public var contentType: String? { download.contentType() }

    public func makeAsyncIterator() -> AsyncIterator {
        let isFirst = isRead.withLock { isRead in
            defer { isRead = true }
            return !isRead
        }
        return AsyncIterator(reading: isFirst ? Reading(download) : nil, client: client)
    }

    /// Asks for one piece after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        /// None when another iterator has the pieces.
        fileprivate let reading: Reading?
        fileprivate let client: Client

        public mutating func next() async throws -> Data? {
            guard let download = reading?.download else { throw AppwriteError.argument("a download can be read once") }
            do {
                let piece = try await withTaskCancellationHandler {
                    try await download.next()
                } onCancel: {
                    download.cancel()
                }
                try Task.checkCancellation()
                return piece
            } catch {
                throw error is CancellationError ? error : client.failure(error)
            }
        }
    }
}

/// A loop's part of a download, which ends with the loop even while the sequence is still held.
private final class Reading: Sendable {
    let download: NativeDownload

    init(_ download: NativeDownload) { self.download = download }

    deinit { download.cancel() }
}
