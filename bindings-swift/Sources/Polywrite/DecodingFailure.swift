/// Describes a response that cannot be decoded.
enum DecodingFailure {
    static func reason(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            "the field `\(path(context.codingPath + [key]))` is missing"
        case .valueNotFound(_, let context):
            "the field `\(path(context.codingPath))` is null"
        case .typeMismatch(let type, let context):
            "the field `\(path(context.codingPath))` is not of type \(type)"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "the response is not JSON" : "the field `\(path(context.codingPath))` cannot be read"
        default:
            "the response cannot be read: \(error)"
        }
    }

    /// `rows[3].$id`
    private static func path(_ keys: [any CodingKey]) -> String {
        var text = ""
        for key in keys {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return text
    }
}
