//! The emulator as a program: its options, what it prints, how it stops.

mod seed_file;

use std::{
    ffi::OsString,
    io::{Write, stderr, stdout},
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    process::ExitCode,
};

use lexopt::{Parser, ValueExt, prelude::*};

use crate::{Emulator, Error, Options, faults::Fault};

/// Where programs look for it if nothing else was asked for.
const PORT: u16 = 8090;

const OPTIONS: &str = "  --project ID       the project's ID (demo)
  --key SECRET       the secret of its first key, which may do everything (made up)
  --port PORT        the port (8090); 0 finds a free one
  --host ADDRESS     the address to listen on (127.0.0.1); every program that reaches it may do everything
  --seed FILE        make what a file of JSON or TOML describes: users, teams, databases, buckets, keys; once in DIR
  --functions DIR    run functions below DIR that seeds name by path; may be given several times
  --data DIR         keep data and files in DIR; without it, in memory
  --tls              speak https, with a self-signed certificate made now
  --like VERSION     be like another server where that behaves in another way: 1.8, 1.9, 2.0 (1.9)
  --faults LIST      have one call of ten fail in each of these ways: slow, cut, 429, 503
  --no-rate-limits   show rate limits in headers, but never refuse a call
  --end-with-stdin   end when the standard input closes: with the program that has started it
  --json             print endpoint, project, key and certificate as one line of JSON
  --help             print this";

/// Runs the program of a name with its arguments, until a signal stops it.
pub fn run(name: &str, arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let usage =
        format!("A local Appwrite to develop and test against.\n\nUsage: {name} [options]\n\n{OPTIONS}");
    let asked = match read(arguments) {
        Ok(Some(asked)) => asked,
        Ok(None) => {
            say(stdout(), &usage);
            return ExitCode::SUCCESS;
        }
        Err(problem) => {
            say(stderr(), &format!("{problem}\n\n{usage}"));
            return ExitCode::from(2);
        }
    };
    match serve(asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            say(stderr(), &problem.to_string());
            ExitCode::FAILURE
        }
    }
}

/// What the arguments ask for.
struct Asked {
    options: Options,
    seed: Option<PathBuf>,
    faults: Vec<Fault>,
    ends_with_stdin: bool,
    as_json: bool,
}

fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Asked>, lexopt::Error> {
    let mut options = Options { port: PORT, ..Options::default() };
    let (mut seed, mut faults, mut ends_with_stdin, mut as_json) = (None, Vec::new(), false, false);
    let mut parser = Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("project") => options.project = parser.value()?.string()?,
            Long("key") => options.key = Some(parser.value()?.string()?),
            Long("port") => options.port = parser.value()?.parse()?,
            Long("host") => options.host = parser.value()?.parse_with(address)?,
            Long("seed") => seed = Some(path(&mut parser, "--seed")?),
            Long("functions") => options.functions.push(folder(&mut parser, "--functions")?),
            Long("data") => options.data = Some(path(&mut parser, "--data")?),
            Long("like") => options.like = parser.value()?.parse()?,
            Long("faults") => faults = parser.value()?.parse_with(Fault::named)?,
            Long("tls") => options.tls = true,
            Long("no-rate-limits") => options.rate_limits = false,
            Long("end-with-stdin") => ends_with_stdin = true,
            Long("json") => as_json = true,
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(Asked { options, seed, faults, ends_with_stdin, as_json }))
}

fn address(text: &str) -> Result<IpAddr, String> {
    match text {
        "localhost" => Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        text => text.parse().map_err(|_| "an address is like 127.0.0.1, 0.0.0.0 or ::1".to_owned()),
    }
}

/// A path; an empty one, as of a variable that is not set, would be this directory.
fn path(parser: &mut Parser, option: &str) -> Result<PathBuf, lexopt::Error> {
    let given = parser.value()?;
    if given.is_empty() { Err(format!("the path of {option} is empty").into()) } else { Ok(given.into()) }
}

fn folder(parser: &mut Parser, option: &str) -> Result<PathBuf, lexopt::Error> {
    let given = path(parser, option)?;
    match given.is_dir() {
        true => Ok(given),
        false => Err(format!("{} of {option} is not a directory", given.display()).into()),
    }
}

fn serve(asked: Asked) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|problem| Error::new("start", problem))?;
    let mut options = asked.options;
    let seed = asked.seed.as_deref().map(seed_file::read).transpose()?;
    // Who starts the emulator with a seed wants what it names to run.
    options.functions.extend(seed.as_ref().map(seed_file::functions).unwrap_or_default());
    let emulator = runtime.block_on(Emulator::start(options))?;
    if let Some(seed) = seed {
        emulator.seed_once(&seed)?;
    }
    emulator.set_faults(asked.faults);
    say(stdout(), &announcement(&emulator, asked.as_json));
    runtime.block_on(async {
        tokio::select! {
            () = told_to_stop() => {}
            () = end_of_stdin(), if asked.ends_with_stdin => {}
        }
    });
    Ok(())
}

/// Waits until the standard input closes, as it does when the program that holds the other end is gone, however it ended.
async fn end_of_stdin() {
    let (sender, ended) = tokio::sync::oneshot::channel();
    // It is left reading when something else ends the emulator.
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = sender.send(());
    });
    let _ = ended.await;
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

/// What a program needs to use it; as text, in the form of an `.env` file, whose comment says where the page is.
fn announcement(emulator: &Emulator, as_json: bool) -> String {
    let (endpoint, project, key) = (emulator.endpoint(), emulator.project(), emulator.root_key());
    if as_json {
        let certificate = emulator.ca_pem();
        return serde_json::json!({
            "endpoint": endpoint, "project": project, "key": key, "caCertificate": certificate,
        })
        .to_string();
    }
    let page = endpoint.trim_end_matches("/v1");
    format!(
        "APPWRITE_ENDPOINT={endpoint}\nAPPWRITE_PROJECT_ID={project}\nAPPWRITE_API_KEY={key}\n# See {page}/"
    )
}

fn say(mut to: impl Write, text: &str) {
    // A reader that has stopped misses it.
    let _ = writeln!(to, "{text}").and_then(|()| to.flush());
}
