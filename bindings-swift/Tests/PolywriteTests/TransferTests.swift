import Foundation
import Polywrite
import XCTest

/// Files against a local Appwrite.
final class TransferTests: XCTestCase {
    /// Above the size of a chunk, so that it is sent in chunks.
    private static let content = Data((0..<(12 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })

    func testAFileComesBackUnchanged() async throws {
        let admin = try Emulator.admin()
        let storage = Storage(admin)
        let bucket = try await storage.createBucket(bucketId: ID.unique(), name: "Films")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("film.bin")
        try Self.content.write(to: source)

        let news = News()
        let file = try await storage.createFile(
            bucketId: bucket.id, fileId: ID.unique(), file: .fromPath(source.path), onProgress: news.add)
        XCTAssertEqual(file.name, "film.bin")
        XCTAssertEqual(file.sizeOriginal, Self.content.count)
        XCTAssertEqual(news.uploads.last?.progress, 100)
        XCTAssertEqual(news.uploads.last?.chunksTotal, 3)
        XCTAssertEqual(news.uploads.last?.id, file.id)

        let whole = try await storage.getFileDownload(bucketId: bucket.id, fileId: file.id)
        XCTAssertEqual(whole, Self.content)

        let target = folder.appendingPathComponent("copy.bin")
        try await storage.getFileDownload(
            bucketId: bucket.id, fileId: file.id, to: target.path, onProgress: news.add)
        XCTAssertEqual(try Data(contentsOf: target), Self.content)
        XCTAssertEqual(news.downloads.last?.sizeDownloaded, Self.content.count)

        var pieces = Data()
        let stream = try await storage.getFileDownloadStream(bucketId: bucket.id, fileId: file.id)
        XCTAssertEqual(stream.size, Self.content.count)
        for try await piece in stream { pieces += piece }
        XCTAssertEqual(pieces, Self.content)
    }

    func testBytesNeedNoFile() async throws {
        let storage = Storage(try Emulator.admin())
        let bucket = try await storage.createBucket(bucketId: ID.unique(), name: "Notes")
        let file = try await storage.createFile(
            bucketId: bucket.id, fileId: "note",
            file: .fromBytes(Array("{\"a\":1}".utf8), filename: "note \"1\".json", mimeType: "application/json"))
        XCTAssertEqual(file.name, "note \"1\".json")
        // A file that is JSON stays a file.
        let content = try await storage.getFileDownload(bucketId: bucket.id, fileId: "note")
        XCTAssertEqual(String(decoding: content, as: UTF8.self), "{\"a\":1}")
        let target = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())
        let error = try await failure {
            try await storage.getFileDownload(bucketId: bucket.id, fileId: "nothing", to: target.path)
        }
        XCTAssertEqual(error.kind, .notFound)
        XCTAssertFalse(FileManager.default.fileExists(atPath: target.path))
    }
}

/// Collects progress from other threads.
private final class News: @unchecked Sendable {
    private let lock = NSLock()
    private var up: [UploadProgress] = []
    private var down: [DownloadProgress] = []

    var uploads: [UploadProgress] { lock.withLock { up } }
    var downloads: [DownloadProgress] { lock.withLock { down } }

    @Sendable func add(_ progress: UploadProgress) { lock.withLock { up.append(progress) } }
    @Sendable func add(_ progress: DownloadProgress) { lock.withLock { down.append(progress) } }
}
