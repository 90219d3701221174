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
        try await transfer(operation, parameters, .send(file.native, file.session?.native), onProgress)
            .decode(Response.self)
    }
}
