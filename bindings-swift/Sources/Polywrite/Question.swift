import Foundation
import PolywriteNative

/// What the native layer is asked beside calls. See bridge/src/question.rs.
struct Question: Encodable {
    struct Webhook: Encodable {
        let url, secret: String
        let headers: [[String]]?
    }
    var webhook: Webhook?
    var lossless: String?
    var describe: String?

    /// The answer, about a text.
    func ask(about text: Data) throws -> Body {
        let question = String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
        do {
            return Body(try PolywriteNative.ask(question: question, text: text))
        } catch {
            throw AppwriteError.of(error)
        }
    }
}

/// Describes an operation of a package of `polywrite build` under its name, by its row. See core/src/directory.rs. To calls
/// that name an operation whose row says nothing the operation is unknown.
@_spi(SDK) public func describe(_ operation: String, _ row: String) {
    _ = try? Question(describe: operation).ask(about: Data(row.utf8))
}
