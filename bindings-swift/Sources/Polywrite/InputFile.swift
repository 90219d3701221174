import Foundation

/// A file to upload.
public struct InputFile: Sendable {
    let path: String?
    let bytes: Data?
    let filename: String?
    let mimeType: String?
    /// Remembers what the server has of the file, so that a second upload of it sends only the rest.
    public var session: UploadSession?

    /// A file on disk, read while it is sent: memory stays small whatever its size.
    public static func fromPath(_ path: String, filename: String? = nil, mimeType: String? = nil) -> InputFile {
        InputFile(path: path, bytes: nil, filename: filename, mimeType: mimeType)
    }

    /// Bytes in memory.
    public static func fromData(_ data: Data, filename: String, mimeType: String? = nil) -> InputFile {
        InputFile(path: nil, bytes: data, filename: filename, mimeType: mimeType)
    }

    /// Bytes in memory.
    public static func fromBytes(
        _ bytes: some Sequence<UInt8>, filename: String, mimeType: String? = nil
    ) -> InputFile {
        fromData(Data(bytes), filename: filename, mimeType: mimeType)
    }
}
