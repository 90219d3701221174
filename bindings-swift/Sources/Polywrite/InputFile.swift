import Foundation
import PolywriteNative

/// A file to upload.
public struct InputFile: Sendable {
    let native: NativeFile

    /// A file on disk, read while it is sent: memory stays small whatever its size.
    public static func fromPath(_ path: String, filename: String? = nil, mimeType: String? = nil) -> InputFile {
        InputFile(native: .path(path: path, fileName: filename, mimeType: mimeType))
    }

    /// Bytes in memory.
    public static func fromData(_ data: Data, filename: String, mimeType: String? = nil) -> InputFile {
        InputFile(native: .bytes(bytes: data, fileName: filename, mimeType: mimeType))
    }

    /// Bytes in memory.
    public static func fromBytes(
        _ bytes: some Sequence<UInt8>, filename: String, mimeType: String? = nil
    ) -> InputFile {
        fromData(Data(bytes), filename: filename, mimeType: mimeType)
    }
}

/// How far an upload is. Told each time the server has taken a chunk.
public struct UploadProgress: Sendable, Hashable {
    /// ID of the file or deployment.
    public let id: String
    /// How much the server has, from 0 to 100.
    public let progress: Double
    /// How much the server has, in bytes.
    public let sizeUploaded: Int
    /// How many chunks there are.
    public let chunksTotal: Int
    /// How many chunks the server has.
    public let chunksUploaded: Int
}

/// How far a download is. Told for each piece that has arrived.
public struct DownloadProgress: Sendable, Hashable {
    /// How much has arrived, in bytes.
    public let sizeDownloaded: Int
    /// Size of the whole file in bytes, if the server said it.
    public let sizeTotal: Int?

    /// How much has arrived, from 0 to 100, if the server said how much there is.
    public var progress: Double? {
        sizeTotal.map { $0 == 0 ? 100 : Double(sizeDownloaded) * 100 / Double($0) }
    }
}
