// The process that is the local Appwrite: where its program is, how it begins, and that it ends with this process.

import Foundation

/// The local Appwrite did not start, or cannot.
public struct EmulatorError: Error, CustomStringConvertible {
    /// What went wrong and what to do.
    public let description: String
}

#if os(macOS) || os(Linux) || os(Windows)
    /// A process of the program, which ends when it goes.
    final class Program: @unchecked Sendable {
        private let process = Process()
        private let input = Pipe()
        private let output = Pipe()

        /// What the program says of itself in its first line.
        struct Ready: Decodable {
            let endpoint: String
            let caCertificate: String?
        }

        init(options: [String]) throws {
            process.executableURL = URL(fileURLWithPath: try Program.path())
            process.arguments = ["emulator", "--port", "0", "--json", "--end-with-stdin"] + options
            // Its standard input closes when this process ends, however that happens.
            process.standardInput = input
            process.standardOutput = output
            do { try process.run() } catch {
                throw EmulatorError(description: "the local Appwrite did not start: \(error.localizedDescription)")
            }
        }

        /// Waits until it is ready.
        func ready() async throws -> Ready {
            let line: Data = await withCheckedContinuation { continuation in
                DispatchQueue.global().async { [output] in
                    var text = Data()
                    while !text.contains(UInt8(ascii: "\n")) {
                        let piece = output.fileHandleForReading.availableData
                        if piece.isEmpty { break }
                        text += piece
                    }
                    continuation.resume(returning: text)
                }
            }
            guard let ready = try? JSONDecoder().decode(Ready.self, from: line) else {
                process.waitUntilExit()
                throw EmulatorError(
                    description: "the local Appwrite did not start: \(process.executableURL?.path ?? "") ended with "
                        + "\(process.terminationStatus)")
            }
            return ready
        }

        /// Ends it.
        func stop() {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }

        /// The path of the program: of the environment, or among the commands.
        private static func path() throws -> String {
            let environment = ProcessInfo.processInfo.environment
            if let named = environment["POLYWRITE_CLI"], !named.isEmpty { return named }
            let folders = (environment["PATH"] ?? "").split(separator: ":")
            if let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/polywrite") }) {
                return "\(folder)/polywrite"
            }
            throw EmulatorError(
                description: "the program that is the local Appwrite is not installed; run: npm install --global "
                    + "polywrite-cli, or: uv tool install polywrite-cli. POLYWRITE_CLI may name it, and POLYWRITE_EMULATOR "
                    + "the address of one that runs, such as http://127.0.0.1:8090")
        }
    }
#else
    /// On these systems there are no processes: the environment names an emulator that runs.
    final class Program: Sendable {
        struct Ready {
            let endpoint: String
            let caCertificate: String?
        }

        init(options: [String]) throws {
            throw EmulatorError(
                description: "no program starts here; set POLYWRITE_EMULATOR to the address of an emulator that runs, "
                    + "such as http://127.0.0.1:8090")
        }

        func ready() async throws -> Ready { Ready(endpoint: "", caCertificate: nil) }

        func stop() {}
    }
#endif
