import Foundation

/// Seconds of CPU that the process has used, in user and system mode, on all threads.
func cpu() -> Double {
    var usage = rusage()
    #if os(Linux)
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    #else
        getrusage(RUSAGE_SELF, &usage)
    #endif
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

private func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

/// MiB in memory at this moment.
func residentMemory() -> Double { status("VmRSS:") }

/// The largest number of MiB in memory until now.
func peakMemory() -> Double { status("VmHWM:") }

private func status(_ name: String) -> Double {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
        let number = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    else { return 0 }
    return (Double(number) ?? 0) / 1024
}
