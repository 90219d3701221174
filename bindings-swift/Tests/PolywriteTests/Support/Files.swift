import Foundation

extension CannedResponse {
    /// The response to a request for a file, with Appwrite's rules: a part of one byte is refused, and so is what goes
    /// beyond the end of the file.
    static func part(of content: Data, _ request: RecordedRequest) -> CannedResponse {
        guard let range = request.headers["range"]?.dropFirst("bytes=".count) else {
            return CannedResponse(headers: [:], body: content)
        }
        let ends = range.split(separator: "-").compactMap { Int($0) }
        let (first, end) = (ends[0], ends.count > 1 ? ends[1] + 1 : content.count)
        guard first + 1 < end, end <= content.count else {
            let message = "\"message\":\"The requested range is not satisfiable.\",\"type\":\"storage_invalid_range\""
            return .json("{\(message)}", status: 416)
        }
        return CannedResponse(
            status: 206, headers: ["content-range": "bytes \(first)-\(end - 1)/\(content.count)"],
            body: content[first..<end])
    }
}
