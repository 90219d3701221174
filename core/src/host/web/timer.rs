//! Timers of the event loop.

use std::cell::RefCell;
use std::fmt;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_util::future::{Either, select};
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
pub use web_time::Instant;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Closure<dyn FnMut()>, millis: i32) -> JsValue;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

/// The time was over first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl fmt::Display for Elapsed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the time is over")
    }
}

impl std::error::Error for Elapsed {}

/// Waits for so long, from the first poll on.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep { left: duration, timer: None }
}

/// Waits until a time.
pub fn sleep_until(end: Instant) -> Sleep {
    sleep(end.saturating_duration_since(Instant::now()))
}

/// Waits for something, but not for longer.
///
/// # Errors
/// When the time is over first.
pub async fn timeout<F: Future>(limit: Duration, future: F) -> Result<F::Output, Elapsed> {
    match select(pin!(future), sleep(limit)).await {
        Either::Left((value, _)) => Ok(value),
        Either::Right(_) => Err(Elapsed),
    }
}

/// Waits for something, but not beyond a time.
///
/// # Errors
/// When the time is over first.
pub async fn timeout_at<F: Future>(end: Instant, future: F) -> Result<F::Output, Elapsed> {
    timeout(end.saturating_duration_since(Instant::now()), future).await
}

/// A wait. Dropping it clears its timer, so that it does not keep a process alive.
pub struct Sleep {
    left: Duration,
    timer: Option<SendWrapper<Timer>>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            match &self.timer {
                Some(timer) if !timer.has_fired(context) => return Poll::Pending,
                _ if self.left.is_zero() => return Poll::Ready(()),
                _ => {
                    // What is left is rounded up: nothing ends too early.
                    let slice = self.left.min(Timer::LONGEST);
                    self.left -= slice;
                    self.timer = Some(SendWrapper::new(Timer::set(slice)));
                }
            }
        }
    }
}

/// A timer of the host.
struct Timer {
    id: JsValue,
    state: Rc<RefCell<State>>,
    _callback: Closure<dyn FnMut()>,
}

#[derive(Default)]
struct State {
    has_fired: bool,
    waiting: Option<Waker>,
}

impl Timer {
    /// Hosts count milliseconds in 32 bits and take a longer time for none at all.
    const LONGEST: Duration = Duration::from_millis(i32::MAX as u64);

    fn set(after: Duration) -> Self {
        let state = Rc::new(RefCell::new(State::default()));
        let fired = Rc::clone(&state);
        let callback = Closure::new(move || {
            let waiting = {
                let mut state = fired.borrow_mut();
                state.has_fired = true;
                state.waiting.take()
            };
            if let Some(waker) = waiting {
                waker.wake();
            }
        });
        let millis = after.as_nanos().div_ceil(1_000_000);
        let id = set_timeout(&callback, i32::try_from(millis).unwrap_or(i32::MAX));
        Self { id, state, _callback: callback }
    }

    /// Whether the time is over; if not, the task is woken when it is.
    fn has_fired(&self, context: &Context<'_>) -> bool {
        let mut state = self.state.borrow_mut();
        if !state.has_fired {
            state.waiting = Some(context.waker().clone());
        }
        state.has_fired
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if !self.state.borrow().has_fired {
            clear_timeout(&self.id);
        }
    }
}
