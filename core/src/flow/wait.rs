//! Waiting until something is ready. What can be waited for is data in the generated table.

pub(crate) mod generated;
mod options;
mod row;
mod status;

use std::time::Duration;

use crate::client::Client;
use crate::error::{Error, ErrorKind, Result, seconds};
use crate::host::{Instant, timer};
use crate::params::Params;
use crate::random;
use crate::response::Response;
use crate::settings::Clock;

use generated::FIRST_PAUSE;
use status::{Stage, Status, read};

pub use generated::WAITS;
pub use options::WaitOptions;
pub use row::{Statuses, Wait};

/// What can be waited for under this id, such as `tablesDB.waitForColumn`.
pub fn wait(id: &str) -> Option<&'static Wait> {
    WAITS.binary_search_by(|wait| wait.id.cmp(id)).ok().map(|index| WAITS[index])
}

/// Reads a resource until it is ready, and returns the last response. `params` are those of the operation that reads it.
/// Dropping the future ends the waiting.
///
/// The first pause is 100 ms; pauses grow to 2 s, or to 5 s for what takes minutes. When the server sends 429, the next call
/// comes as late as it asks for. A status that the definition does not know counts as under way.
///
/// # Errors
/// [`ErrorKind::Failed`] with the server's reason, and the resource as its [`body`](Error::body), when it failed;
/// [`ErrorKind::Timeout`] with the last status when time is over; [`ErrorKind::NotFound`] when there is none, or it was
/// deleted meanwhile; otherwise the call's own.
pub async fn wait_for(
    client: &Client,
    wait: &'static Wait,
    params: Params,
    options: WaitOptions,
) -> Result<Response> {
    let timeout = options.timeout.unwrap_or(wait.statuses.timeout);
    if timeout.is_zero() {
        return Err(Error::argument("the option `timeout` must be more than 0").with_operation(wait.id));
    }
    let redacted = |error| client.redacted(wait.operation, &params, &options.call, error);
    let mut time = Time::new(&*client.settings().clock.0, timeout);
    let mut last: Option<Status> = None;
    let mut step = FIRST_PAUSE;
    loop {
        let call = client.execute(wait.operation, params.clone(), options.call.clone());
        let Ok(called) = timer::timeout(time.left(), call).await else {
            return Err(redacted(over(wait, timeout, last)));
        };
        let mut pause = step.mul_f64(0.75 + random::fraction() / 2.0);
        match called {
            Ok(response) => {
                let status = read(&response, wait.statuses, wait.parts)?;
                let was = last.as_ref().map_or("", |last| &last.word);
                if status.word != was {
                    options.status.report(|| status.word.clone());
                }
                match status.stage {
                    Stage::Done => return Ok(response),
                    Stage::Failed => return Err(redacted(failed(wait, &status, &response))),
                    Stage::Going => last = Some(status),
                }
            }
            Err(error) if error.kind() == ErrorKind::RateLimited => {
                pause = pause.max(error.retry_after().unwrap_or_default());
                if pause >= time.left() {
                    return Err(error);
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound && last.is_some() => {
                return Err(error.with_hint("it was deleted while the program waited for it"));
            }
            Err(error) => return Err(error),
        }
        if pause >= time.left() {
            time.sleep(time.left()).await;
            return Err(redacted(over(wait, timeout, last)));
        }
        time.sleep(pause).await;
        step = (step * 3 / 2).min(wait.statuses.longest_pause);
    }
}

/// How much time is left. On a clock of a test's own, sleeping takes no time, so what it slept counts as well.
struct Time<'clock> {
    clock: &'clock dyn Clock,
    began: Instant,
    slept: Duration,
    timeout: Duration,
}

impl<'clock> Time<'clock> {
    fn new(clock: &'clock dyn Clock, timeout: Duration) -> Self {
        Self { clock, began: Instant::now(), slept: Duration::ZERO, timeout }
    }

    fn left(&self) -> Duration {
        self.timeout.saturating_sub(self.began.elapsed().max(self.slept))
    }

    async fn sleep(&mut self, pause: Duration) {
        self.clock.sleep(pause).await;
        self.slept += pause;
    }
}

fn failed(wait: &Wait, status: &Status, response: &Response) -> Error {
    let of = status.part.as_ref().map(|part| format!(" of `{part}`")).unwrap_or_default();
    let done = wait.statuses.done.first().unwrap_or(&"done");
    let reason = status.reason.as_deref().unwrap_or("the server gives no reason");
    let message = format!("the status{of} is `{}` instead of `{done}`: {reason}", status.word);
    Error::new(ErrorKind::Failed, message)
        .with_operation(wait.id)
        .with_body(String::from_utf8_lossy(response.body()))
}

fn over(wait: &Wait, timeout: Duration, last: Option<Status>) -> Error {
    let message = match last {
        None => format!("no status within {}", seconds(timeout)),
        Some(status) => {
            let of = status.part.map(|part| format!(" of `{part}`")).unwrap_or_default();
            let reason = status.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            format!("the status{of} is still `{}` after {}{reason}", status.word, seconds(timeout))
        }
    };
    Error::new(ErrorKind::Timeout, message)
        .with_operation(wait.id)
        .with_hint("raise `timeout` to wait longer")
}
