import Foundation

extension Client {
    /// Makes a call that this package has no method for, and returns the body of its response.
    ///
    /// - Parameters:
    ///   - method: The HTTP method, such as `GET`.
    ///   - path: Below the endpoint, as in `/users`, or a whole URL of the same server.
    ///   - headers: Headers that win over the client's.
    ///   - params: They go into the query of a GET or HEAD and into a JSON body otherwise.
    ///   - isolation: The caller's; `params` never leaves it.
    public func call(
        method: String, path: String, headers: [String: String] = [:], params: [String: Any?] = [:],
        isolation: isolated (any Actor)? = #isolation
    ) async throws -> Data {
        var parameters = JSONText()
        for (name, value) in params.sorted(by: { $0.key < $1.key }) {
            if let value {
                try parameters.member(name, any: value)
            } else {
                try parameters.nullable(name, String?.none)
            }
        }
        var request = JSONText()
        try request.member("method", method)
        try request.member("path", path)
        try request.member("reading", "asSent")
        var options = CallOptions()
        options.headers = headers
        let command = "{\"request\":\(request.object)}"
        return try await begin("client.request", parameters, options, command).data
    }
}
