import Foundation
import Polywrite

/// A large file, up in chunks and down again.
enum Files {
    private static let size = 64 << 20

    /// Uploads 64 MiB with a progress bar and downloads them to a file with the same hash.
    static func roundTrip(_ server: Client) async throws {
        chapter("A large file")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let original = folder.appendingPathComponent("film.bin")
        try writeNoise(to: original)

        let storage = Storage(server)
        let bucket = try await storage.createBucket(bucketId: ID.unique(), name: "Demo")
        let file = try await storage.createFile(
            bucketId: bucket.id, fileId: ID.unique(), file: .fromPath(original.path), onProgress: bar)
        print("\n  uploaded \(file.sizeOriginal >> 20) MiB in \(file.chunksTotal) chunks")

        let copy = folder.appendingPathComponent("copy.bin")
        try await storage.getFileDownload(bucketId: bucket.id, fileId: file.id, to: copy.path)
        let (sent, received) = (try hash(original), try hash(copy))
        guard sent == received else { throw Surprise("the copy differs") }
        print("  downloaded to a file; SHA-256 of both: \(received.prefix(16))…")
    }

    @Sendable private static func bar(_ progress: UploadProgress) {
        let filled = Int(progress.progress * 0.4)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 40 - filled)
        print("\r  uploading \(bar) \(progress.sizeUploaded >> 20)/\(size >> 20) MiB", terminator: "")
        fflush(nil)
    }

    /// A file without repetition, so that nothing on the way can get away with guessing.
    private static func writeNoise(to file: URL) throws {
        let noise = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/urandom"))
        try (noise.read(upToCount: size) ?? Data()).write(to: file)
    }

    /// The system's own program works out the hash, so that the example needs no other package.
    private static func hash(_ file: URL) throws -> String {
        let output = Pipe()
        let program = Process()
        program.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        #if os(Linux)
            program.arguments = ["sha256sum", file.path]
        #else
            program.arguments = ["shasum", "-a", "256", file.path]
        #endif
        program.standardOutput = output
        try program.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        guard let hash = text.split(separator: " ").first else { throw Surprise("no hash of \(file.path)") }
        return String(hash)
    }
}
