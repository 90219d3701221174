import Foundation
import PolywriteNative

extension AppwriteService {
    /// Uploads a file with the call's other parameters, and decodes the response.
    @_spi(SDK) public func upload<Response: Decodable>(
        _ operation: String,
        _ parameters: JSONText,
        _ file: InputFile,
        _ onProgress: (@Sendable (UploadProgress) -> Void)?
    ) async throws -> Response {
        var upload = JSONText()
        try upload.member("name", file.filename)
        try upload.member("mimeType", file.mimeType)
        try upload.member("reports", onProgress != nil)
        let sent = NativeFile(path: file.path, bytes: file.bytes, session: file.session?.native)
        let command = "{\"upload\":\(upload.object)}"
        return try await reporting(operation, parameters, command, file: sent, onProgress).decode(Response.self)
    }
}
