import Foundation
import PolywriteNative

/// A download, piece by piece: the next piece is read when it is asked for.
///
///     for try await piece in try await storage.getFileDownloadStream(bucketId: "photos", fileId: "sunset") {
///         try await response.write(piece)
///     }
///
/// It can be read once. Leaving the loop or cancelling the task ends the download.
public struct DownloadStream: AsyncSequence, Sendable {
    public typealias Element = Data

    private let download: NativeDownload
    private let client: Client

    init(download: NativeDownload, client: Client) {
        self.download = download
        self.client = client
    }

    /// Size in bytes, if the server said it.
    public var size: Int? { download.size().map { Int($0) } }

    /// MIME type, if the server said it.
    public var contentType: String? { download.contentType() }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(download: download, client: client) }

    /// Asks for one piece after another.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let download: NativeDownload
        fileprivate let client: Client

        public mutating func next() async throws -> Data? {
            let download = download
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
