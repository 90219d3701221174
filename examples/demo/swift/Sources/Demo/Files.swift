import Foundation
import Polywrite

#if canImport(Glibc)
    import Glibc
#endif

/// Uploads a large file in chunks and downloads it.
enum Files {
    private static let size = 64 << 20

    /// Uploads 64 MiB, or what the server allows, with a progress bar and downloads them to a file with the same hash.
    static func roundTrip(_ server: Client, _ made: Tidy) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(ID.unique())
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let original = folder.appendingPathComponent("film.bin")

        let storage = Storage(server)
        let id = ID.unique()
        await made.later { try await storage.deleteBucket(bucketId: id) }
        let bucket = try await storage.createBucket(bucketId: id, name: Tidy.name)
        let size = min(Self.size, Int(bucket.maximumFileSize))
        if size < Self.size { print("  this server takes \(size) bytes at most") }
        try writeNoise(to: original, size: size)
        let file = try await storage.createFile(
            bucketId: bucket.id, fileId: ID.unique(), file: .fromPath(original.path), onProgress: bar)
        print("  uploaded \(file.sizeOriginal >> 20) MiB in \(file.chunksTotal) chunks")

        let copy = folder.appendingPathComponent("copy.bin")
        try await storage.getFileDownload(bucketId: bucket.id, fileId: file.id, to: copy.path)
        let (sent, received) = (try hash(original), try hash(copy))
        guard sent == received else { throw Surprise("the copy differs") }
        print("  downloaded to a file; SHA-256 of both: \(received.prefix(16))…")
    }

    @Sendable private static func bar(_ progress: UploadProgress) {
        guard isatty(STDOUT_FILENO) == 1 else { return }
        let filled = Int(progress.progress * 0.4)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 40 - filled)
        let end = progress.progress == 100 ? "\n" : ""
        print("\r  uploading \(bar) \(progress.sizeUploaded >> 20) MiB", terminator: end)
        fflush(nil)
    }

    /// A file without repetition, so that a chunk in the wrong place changes its hash.
    private static func writeNoise(to file: URL, size: Int) throws {
        let noise = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/urandom"))
        try (noise.read(upToCount: size) ?? Data()).write(to: file)
    }

    /// The system's own program computes the hash, so that the example needs no other package.
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
