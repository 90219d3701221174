//! What benches/harness does not measure: `polywrite-bench file|memory ENDPOINT`.

use polywrite::services::{Storage, Users};

/// Runs a scenario of ours and prints its line of JSON; false when the harness has it.
///
/// `file`: downloads 256 MiB to a file. `memory`: 120,000 calls, and the memory after the first 20,000 and at the end.
pub(crate) fn ran(scenario: &str, endpoint: &str) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (before, after) = match scenario {
        "file" => (runtime.block_on(file(endpoint)), None),
        "memory" => {
            let (before, after) = runtime.block_on(memory(endpoint));
            (before, Some(after))
        }
        _ => return false,
    };
    let result =
        serde_json::json!({"rssBeforeMiB": before, "rssAfterMiB": after, "rssPeakMiB": status("VmHWM:")});
    println!("{result}");
    true
}

async fn file(endpoint: &str) -> f64 {
    let client = crate::client(endpoint);
    let target = std::env::temp_dir().join(format!("polywrite-bench-{}", std::process::id()));
    calls(&Users::new(&client), 1).await;
    let before = status("VmRSS:");
    Storage::new(&client).get_file_download("bench", "256").save_to(&target).await.expect("a file");
    std::fs::remove_file(target).expect("the file can be removed");
    before
}

async fn memory(endpoint: &str) -> (f64, f64) {
    let users = Users::new(&crate::client(endpoint));
    calls(&users, 20_000).await;
    let before = status("VmRSS:");
    calls(&users, 100_000).await;
    (before, status("VmRSS:"))
}

async fn calls(users: &Users, count: usize) {
    for _ in 0..count {
        users.get(bench_rust::USER).await.expect("a user");
    }
}

/// A figure of the process, in MiB.
fn status(name: &str) -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("the line is there");
    line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") / 1024.0
}
