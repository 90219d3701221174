import Dispatch
import PolywriteNative

/// Carries news of a transfer from the native library's threads, which must not wait, to the task that asked for it.
enum ProgressNews {
    /// News that wait for a slow callback. Of more than these the oldest are left out, never the last.
    private static let limit = 256

    /// Runs `transfer` and calls `onProgress` beside it with what `transfer` yields, in a child of the caller's task: it
    /// sees the task's values, and when this returns all its calls have. A transfer that fails or is cancelled is reported
    /// no more.
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
            // Leaving the scope cancels and awaits what still reports.
            news.finish()
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

/// Hands news of an upload on.
final class UploadListener: ProgressListener {
    private let news: AsyncStream<UploadProgress>.Continuation

    init(news: AsyncStream<UploadProgress>.Continuation) { self.news = news }

    func uploaded(progress: NativeProgress) {
        news.yield(
            UploadProgress(
                id: progress.id,
                progress: progress.percent,
                sizeUploaded: Int(clamping: progress.sizeUploaded),
                chunksTotal: Int(clamping: progress.chunksTotal),
                chunksUploaded: Int(clamping: progress.chunksUploaded)
            ))
    }

    func downloaded(bytes: UInt64, total: UInt64?) {}
}

/// Hands news of a download on.
final class DownloadListener: ProgressListener {
    private let news: AsyncStream<DownloadProgress>.Continuation

    init(news: AsyncStream<DownloadProgress>.Continuation) { self.news = news }

    func uploaded(progress: NativeProgress) {}

    func downloaded(bytes: UInt64, total: UInt64?) {
        news.yield(
            DownloadProgress(sizeDownloaded: Int(clamping: bytes), sizeTotal: total.map { Int(clamping: $0) }))
    }
}
