import Foundation
import PolywriteJSON
import PolywriteNative

/// What a call returned: the body of its response, or where it redirects to, in the native library's memory.
struct Body: Sendable {
    private let native: NativeBody

    init(_ native: NativeBody) { self.native = native }

    /// Whether there is none.
    var isEmpty: Bool { native.length() == 0 }

    /// The body as text.
    var text: String {
        withExtendedLifetime(native) { String(decoding: Body.bytes(of: native), as: UTF8.self) }
    }

    /// The body itself, without a copy.
    var data: Data {
        let bytes = Body.bytes(of: native)
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return Data() }
        // The native object goes when the data goes. Data that is not shared writes in place, which is right: nothing
        // else reads these bytes any more.
        return Data(
            bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count,
            deallocator: .custom { [native] _, _ in withExtendedLifetime(native) {} })
    }

    /// The body decoded from JSON. The error is the core's, and leaves out what is secret in the body.
    func decode<Response: Decodable>(_ type: Response.Type) throws -> Response {
        do {
            return try BodyDecoder.decode(type, from: PaddedText(Body.bytes(of: native), ownedBy: native))
        } catch {
            let reason = DecodingFailure.reason(error, in: json)
            throw AppwriteError.of(record: native.decodeError(reason: reason))
        }
    }

    /// The body as any JSON; nil when it is none.
    private var json: JSON? {
        try? BodyDecoder.decode(JSON.self, from: PaddedText(Body.bytes(of: native), ownedBy: native))
    }

    /// The bytes, which stay as long as the object does.
    private static func bytes(of native: NativeBody) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: UnsafeRawPointer(bitPattern: UInt(native.address())), count: Int(native.length()))
    }
}
