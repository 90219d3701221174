import Foundation
import PolywriteNative

extension Service {
    /// Uploads a file with the call's other parameters, and decodes the answer.
    func upload<Answer: Decodable>(
        _ operation: String,
        _ parameters: JSONText,
        _ file: InputFile,
        _ onProgress: (@Sendable (UploadProgress) -> Void)?
    ) async throws -> Answer {
        let body = try await client.answer {
            try $0.upload(
                operation: operation,
                parameters: parameters.object,
                file: file.native,
                options: options.text(),
                listener: onProgress.map { Listener(onUpload: $0) }
            )
        }
        return try AnswerDecoder.decode(Answer.self, from: body, operation: operation)
    }

    /// Downloads into a file.
    func download(
        _ operation: String,
        _ parameters: JSONText,
        to path: String,
        _ onProgress: (@Sendable (DownloadProgress) -> Void)?
    ) async throws {
        _ = try await client.answer {
            try $0.downloadTo(
                operation: operation,
                parameters: parameters.object,
                path: path,
                options: options.text(),
                listener: onProgress.map { Listener(onDownload: $0) }
            )
        }
    }

    /// Starts a download and returns its pieces, once the answer has begun.
    func stream(_ operation: String, _ parameters: JSONText) async throws -> DownloadStream {
        try Task.checkCancellation()
        do {
            let call = try client.native().download(
                operation: operation, parameters: parameters.object, options: options.text())
            let download = try await withTaskCancellationHandler {
                try await call.answer()
            } onCancel: {
                call.cancel()
            }
            return DownloadStream(download: download, client: client)
        } catch {
            throw client.failure(error)
        }
    }
}

/// Hands news of a transfer on.
private final class Listener: ProgressListener {
    private let onUpload: (@Sendable (UploadProgress) -> Void)?
    private let onDownload: (@Sendable (DownloadProgress) -> Void)?

    init(
        onUpload: (@Sendable (UploadProgress) -> Void)? = nil,
        onDownload: (@Sendable (DownloadProgress) -> Void)? = nil
    ) {
        self.onUpload = onUpload
        self.onDownload = onDownload
    }

    func uploaded(progress: NativeProgress) {
        onUpload?(
            UploadProgress(
                id: progress.id,
                progress: progress.percent,
                sizeUploaded: Int(clamping: progress.sizeUploaded),
                chunksTotal: Int(clamping: progress.chunksTotal),
                chunksUploaded: Int(clamping: progress.chunksUploaded)
            ))
    }

    func downloaded(bytes: UInt64, total: UInt64?) {
        onDownload?(DownloadProgress(sizeDownloaded: Int(clamping: bytes), sizeTotal: total.map { Int(clamping: $0) }))
    }
}
