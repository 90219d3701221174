import Foundation
import PolywriteNative

/// A file to send.
public struct FileUpload: Sendable {
    /// ID of the bucket.
    public var bucketId: String
    /// ID that the file gets; `ID.unique()` makes one.
    public var fileId: String
    /// The file on disk: `InputFile.fromPath`.
    public var file: InputFile
    /// Who may do what with the file; the bucket's permissions decide without.
    public var permissions: [String]?

    public init(bucketId: String, fileId: String, file: InputFile, permissions: [String]? = nil) {
        (self.bucketId, self.fileId, self.file, self.permissions) = (bucketId, fileId, file, permissions)
    }
}

/// A file to fetch.
public struct FileDownload: Sendable {
    /// ID of the bucket.
    public var bucketId: String
    /// ID of the file.
    public var fileId: String
    /// Path of the file. It appears when it is complete; what has that name is replaced.
    public var path: String
    /// Secret of a resource token that grants access without a session.
    public var token: String?

    public init(bucketId: String, fileId: String, to path: String, token: String? = nil) {
        (self.bucketId, self.fileId, self.path, self.token) = (bucketId, fileId, path, token)
    }
}

/// How far the transfer of several files is.
public struct TransfersProgress: Sendable, Hashable, Decodable {
    /// How many files have been transferred or have failed.
    public let filesDone: Int
    /// How many of these have failed.
    public let filesFailed: Int
    /// How many files there are.
    public let filesTotal: Int
    /// How many bytes have been transferred, of all files together.
    public let sizeDone: Int
    /// Size of all files together in bytes, once that of each is known.
    public let sizeTotal: Int?
}

/// Sends and fetches several files, some of them at the same time, with one progress.
///
///     let sent: [Result<File, AppwriteError>] = try await Transfers(client).uploadFiles(files)
///
/// A file that fails does not end the others: each has a result of its own, at its place. Cancelling the task ends all.
public struct Transfers: Sendable {
    private let client: Client
    private let options: CallOptions

    /// `options` hold for each call.
    public init(_ client: Client, options: CallOptions = CallOptions()) {
        (self.client, self.options) = (client, options)
    }

    /// Sends files from disk, `concurrency` of them at the same time. The results, each the server's description of a
    /// file, stand in the order of the files.
    public func uploadFiles<Sent: Decodable & Sendable>(
        _ files: [FileUpload],
        concurrency: Int = 4,
        onProgress: (@Sendable (TransfersProgress) -> Void)? = nil
    ) async throws -> [Result<Sent, AppwriteError>] {
        let records = try files.map { upload in
            guard let path = upload.file.path else {
                throw AppwriteError.argument("several files are sent from disk: use InputFile.fromPath")
            }
            return try JSONText {
                try $0.member("path", path)
                try $0.member("name", upload.file.filename)
                try $0.member("mimeType", upload.file.mimeType)
                let parameters = try JSONText {
                    try $0.member("bucketId", upload.bucketId)
                    try $0.member("fileId", upload.fileId)
                    try $0.member("permissions", upload.permissions)
                }
                $0.member("params", json: parameters.object)
            }
        }
        return try await transfer(Self.upload, "uploads", records, concurrency, onProgress)
    }

    /// Fetches files to disk, `concurrency` of them at the same time. The results, each the size of a file in bytes, stand
    /// in the order of the files.
    public func downloadFiles(
        _ files: [FileDownload],
        concurrency: Int = 4,
        onProgress: (@Sendable (TransfersProgress) -> Void)? = nil
    ) async throws -> [Result<Int, AppwriteError>] {
        let records = try files.map { download in
            try JSONText {
                try $0.member("path", download.path)
                let parameters = try JSONText {
                    try $0.member("bucketId", download.bucketId)
                    try $0.member("fileId", download.fileId)
                    try $0.member("token", download.token)
                }
                $0.member("params", json: parameters.object)
            }
        }
        return try await transfer(Self.download, "downloads", records, concurrency, onProgress)
    }

    private func transfer<Value: Decodable & Sendable>(
        _ operation: String,
        _ kind: String,
        _ files: [JSONText],
        _ concurrency: Int,
        _ onProgress: (@Sendable (TransfersProgress) -> Void)?
    ) async throws -> [Result<Value, AppwriteError>] {
        let list = files.map(\.object).joined(separator: ",")
        let details = "\"files\":[\(list)],\"concurrency\":\(concurrency),\"reports\":\(onProgress != nil)"
        let command = "{\"\(kind)\":{\(details)}}"
        let body = try await ProgressNews.reporting(onProgress) { news in
            let listener = news.map { NewsListener(news: $0) }
            return try await client.begin(operation, JSONText(), options, command, listener: listener)
        }
        return try body.decode([Transferred<Value>].self).map { try $0.result() }
    }
}

/// What became of one file.
private struct Transferred<Value: Decodable & Sendable>: Decodable, Sendable {
    let value: Value?
    let error: AppwriteError?

    func result() throws -> Result<Value, AppwriteError> {
        if let error { return .failure(error) }
        guard let value else { throw AppwriteError(.internal, "a file has neither a value nor an error") }
        return .success(value)
    }
}
