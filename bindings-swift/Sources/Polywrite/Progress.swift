import Dispatch
import Foundation
import PolywriteJSON
import PolywriteNative

/// The progress of an upload, reported each time the server has received a chunk.
public struct UploadProgress: Sendable, Hashable, Decodable {
    /// ID of the file or deployment.
    public let id: String
    /// How much the server has, from 0 to 100.
    public let progress: Double
    /// How much the server has, in bytes.
    public let sizeUploaded: Int
    /// How many chunks there are.
    public let chunksTotal: Int
    /// How many chunks the server has.
    public let chunksUploaded: Int

    private enum CodingKeys: String, CodingKey {
        case id = "$id"
        case progress, sizeUploaded, chunksTotal, chunksUploaded
    }
}

/// How far a download is, reported for each piece that has arrived.
public struct DownloadProgress: Sendable, Hashable, Decodable {
    /// How much has arrived, in bytes.
    public let sizeDownloaded: Int
    /// Size of the whole file in bytes, if the server said it.
    public let sizeTotal: Int?
    /// How much has arrived, from 0 to 100, if the server said how much there is.
    public let progress: Double?
}

/// Carries news of a transfer from the native library's threads, which must not wait, to the task that asked for it.
enum ProgressNews {
    /// News that wait for a slow callback. Of more than these the oldest are left out, never the last.
    private static let limit = 256

    /// Runs `transfer` and calls `onProgress` beside it with what `transfer` yields, in a child of the caller's task: it
    /// sees the task's values, and when this returns all its calls have. What is cancelled is reported no more.
    static func reporting<Progress: Sendable, Result: Sendable>(
        _ onProgress: (@Sendable (Progress) -> Void)?,
        _ transfer: (AsyncStream<Progress>.Continuation?) async throws -> Result
    ) async throws -> Result {
        guard let onProgress else { return try await transfer(nil) }
        let (stream, news) = AsyncStream.makeStream(of: Progress.self, bufferingPolicy: .bufferingNewest(limit))
        async let reporting: Void = report(stream, onProgress)
        do {
            let result = try await transfer(news)
            news.finish()
            await reporting
            return result
        } catch {
            news.finish()
            // Leaving the scope cancels and awaits what still reports.
            if !(error is CancellationError) { await reporting }
            throw error
        }
    }

    private static func report<Progress: Sendable>(
        _ stream: AsyncStream<Progress>, _ onProgress: @Sendable (Progress) -> Void
    ) async {
        if #available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *) {
            await withTaskExecutorPreference(CallbackThreads.shared) {
                for await progress in stream { onProgress(progress) }
            }
        } else {
            for await progress in stream { onProgress(progress) }
        }
    }
}

/// Threads for callbacks: one that blocks must not hold a thread that all tasks share.
@available(macOS 15, iOS 18, tvOS 18, watchOS 11, visionOS 2, *)
private final class CallbackThreads: TaskExecutor {
    static let shared = CallbackThreads()

    private let queue = DispatchQueue(label: "polywrite.callbacks", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Hands news of a transfer on.
final class NewsListener<Progress: Sendable & Decodable>: Listener {
    private let news: AsyncStream<Progress>.Continuation

    init(news: AsyncStream<Progress>.Continuation) { self.news = news }

    func receive(text: String) {
        guard let progress = try? BodyDecoder.decode(Progress.self, from: Data(text.utf8)) else { return }
        news.yield(progress)
    }
}
