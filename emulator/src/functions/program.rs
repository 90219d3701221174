//! A program that is started, given its input, and read until it ends or its time is over. What it has started ends with
//! it.

#[cfg(unix)]
use std::collections::HashSet;
use std::{
    io,
    process::Stdio,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process_group};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    process::{Child, Command},
    time::timeout,
};

/// The most bytes of what a program prints that are kept.
const LONGEST_PRINT: u64 = 1_000_000;

/// How long the outputs of a program that has ended may stay open: they do where another program has them that it started
/// as a daemon.
const GRACE: Duration = Duration::from_secs(1);

/// The programs that run. They end with the emulator, whatever they do.
#[derive(Debug, Default)]
pub(crate) struct Programs(Mutex<Running>);

#[derive(Debug, Default)]
struct Running {
    #[cfg(unix)]
    groups: HashSet<Pid>,
    is_over: bool,
}

/// A program that runs; dropping it ends the program and what it has started.
pub(super) struct Started {
    child: Child,
    group: Group,
}

/// A program that has ended.
pub(super) struct Ended {
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) succeeded: bool,
}

impl Programs {
    fn running(&self) -> MutexGuard<'_, Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a program, whose output is read.
    pub(super) fn start(self: &Arc<Self>, command: &mut Command) -> io::Result<Started> {
        let mut running = self.running();
        if running.is_over {
            return Err(io::Error::other("the emulator ends"));
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let child = command.spawn()?;
        let group = Group::of(&child, self, &mut running);
        Ok(Started { child, group })
    }

    /// Ends all, and starts no more.
    pub(crate) fn end(&self) {
        let mut running = self.running();
        running.is_over = true;
        #[cfg(unix)]
        running.groups.drain().for_each(kill);
    }
}

impl Started {
    /// Hands its input over and reads what it prints until it ends; none if it takes longer. The input stays open as long
    /// as the program is waited for: one that finds it closed has no one left to answer.
    pub(super) async fn end(self, input: &[u8], limit: Duration) -> io::Result<Option<Ended>> {
        let Self { mut child, group } = self;
        let (stdin, out, err) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let status = {
            let hand_over = async {
                if let Some(mut stdin) = stdin {
                    // A program that ended before reading is found out below.
                    drop(stdin.write_all(input).await);
                    std::future::pending::<()>().await;
                }
            };
            let reading = async { tokio::join!(read(out, &mut stdout), read(err, &mut stderr)) };
            let (mut hand_over, mut reading) = (Box::pin(hand_over), Box::pin(reading));
            let waiting = async {
                let mut is_read = false;
                loop {
                    tokio::select! {
                        status = child.wait() => return (status, is_read),
                        _ = &mut reading, if !is_read => is_read = true,
                        () = &mut hand_over => {}
                    }
                }
            };
            let Ok((status, is_read)) = timeout(limit, waiting).await else { return Ok(None) };
            drop(group);
            if !is_read {
                // What has come until then is enough.
                let _ = timeout(GRACE, reading).await;
            }
            status?
        };
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(Some(Ended { stdout: text(stdout), stderr: text(stderr), succeeded: status.success() }))
    }
}

/// Reads what comes up to a length; the rest is read too, so that the program can go on.
async fn read(stream: Option<impl AsyncRead + Unpin>, into: &mut Vec<u8>) -> io::Result<()> {
    let Some(mut stream) = stream else { return Ok(()) };
    (&mut stream).take(LONGEST_PRINT).read_to_end(into).await?;
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(())
}

/// A program with all that it has started; dropping it ends them.
struct Group {
    #[cfg(unix)]
    leader: Option<Pid>,
    #[cfg(unix)]
    programs: Arc<Programs>,
}

#[cfg(unix)]
impl Group {
    fn of(child: &Child, programs: &Arc<Programs>, running: &mut Running) -> Self {
        let leader = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        running.groups.extend(leader);
        Self { leader, programs: Arc::clone(programs) }
    }
}

#[cfg(unix)]
impl Drop for Group {
    fn drop(&mut self) {
        let Some(leader) = self.leader else { return };
        // Once ended it is not ended again: its number may be that of another one by then.
        if self.programs.running().groups.remove(&leader) {
            kill(leader);
        }
    }
}

#[cfg(unix)]
fn kill(leader: Pid) {
    // There may be none left.
    let _ = kill_process_group(leader, Signal::KILL);
}

#[cfg(not(unix))]
impl Group {
    fn of(_child: &Child, _programs: &Arc<Programs>, _running: &mut Running) -> Self {
        Self {}
    }
}
