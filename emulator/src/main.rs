//! Starts a local Appwrite and says where it is.

use std::{
    io::{Write, stderr, stdout},
    path::PathBuf,
    process::ExitCode,
};

use lexopt::{Parser, ValueExt, prelude::*};
use polywrite_emulator::{Emulator, Options};

const USAGE: &str = "\
A local Appwrite to develop and test against.

Usage: polywrite-emulator [options]

  --project ID       the project's ID (demo)
  --port PORT        the port; 0 finds a free one (0)
  --data DIR         keep data and files in DIR; without it, in memory
  --tls              speak https, with a self-signed certificate made now
  --like VERSION     be like another server where that behaves in another way: 1.8, 2.0 (newest)
  --no-rate-limits   show rate limits in headers, but never refuse a call
  --json             print endpoint, project, key and certificate as one line of JSON
  --help             print this";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let (options, as_json) = match options() {
        Ok(Some(options)) => options,
        Ok(None) => {
            say(stdout(), USAGE);
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            say(stderr(), &format!("{problem}\n\n{USAGE}"));
            return ExitCode::from(2);
        }
    };
    let emulator = match Emulator::start(options).await {
        Ok(emulator) => emulator,
        Err(problem) => {
            say(stderr(), &problem.to_string());
            return ExitCode::FAILURE;
        }
    };
    say(stdout(), &announcement(&emulator, as_json));
    told_to_stop().await;
    ExitCode::SUCCESS
}

/// Waits for Ctrl-C or a polite kill, so that files in a scratch directory go with the emulator.
async fn told_to_stop() {
    let interrupt = async {
        // Without a way to hear Ctrl-C there is only being killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    interrupt.await;
}

fn options() -> Result<Option<(Options, bool)>, lexopt::Error> {
    let mut options = Options::default();
    let mut as_json = false;
    let mut parser = Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("project") => options.project = parser.value()?.string()?,
            Long("port") => options.port = parser.value()?.parse()?,
            Long("data") => options.data = Some(PathBuf::from(parser.value()?)),
            Long("like") => options.like = parser.value()?.parse()?,
            Long("tls") => options.tls = true,
            Long("no-rate-limits") => options.rate_limits = false,
            Long("json") => as_json = true,
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some((options, as_json)))
}

/// The only place that ever shows the key: the standard output of the program that started the emulator.
fn announcement(emulator: &Emulator, as_json: bool) -> String {
    let (endpoint, project, key) = (emulator.endpoint(), emulator.project(), emulator.root_key());
    if as_json {
        let certificate = emulator.ca_pem();
        return serde_json::json!({
            "endpoint": endpoint, "project": project, "key": key, "caCertificate": certificate,
        })
        .to_string();
    }
    format!("APPWRITE_ENDPOINT={endpoint}\nAPPWRITE_PROJECT_ID={project}\nAPPWRITE_API_KEY={key}")
}

fn say(mut to: impl Write, text: &str) {
    // A reader that has stopped misses it.
    let _ = writeln!(to, "{text}").and_then(|()| to.flush());
}
