import Foundation
import PolywriteNative

extension AppwriteService {
    /// Uploads a file with the call's other parameters, and decodes the response.
    func upload<Response: Decodable>(
        _ operation: String,
        _ parameters: JSONText,
        _ file: InputFile,
        _ onProgress: (@Sendable (UploadProgress) -> Void)?
    ) async throws -> Response {
        let body = try await ProgressNews.reporting(onProgress) { news in
            try await client.response {
                try $0.upload(
                    operation: operation,
                    parameters: parameters.object,
                    file: file.native,
                    session: file.session?.native,
                    options: options.text(),
                    listener: news.map { UploadListener(news: $0) }
                )
            }
        }
        return try body.decode(Response.self)
    }

    /// Downloads into a file.
    func download(
        _ operation: String,
        _ parameters: JSONText,
        to path: String,
        _ onProgress: (@Sendable (DownloadProgress) -> Void)?
    ) async throws {
        _ = try await ProgressNews.reporting(onProgress) { news in
            try await client.response {
                try $0.downloadTo(
                    operation: operation,
                    parameters: parameters.object,
                    path: path,
                    options: options.text(),
                    listener: news.map { DownloadListener(news: $0) }
                )
            }
        }
    }

    /// Starts a download and returns its pieces, once the response has begun.
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
