//! JavaScript: its event loop runs the tasks, on one thread.

mod task;
pub mod timer;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub use task::{AbortHandle, JoinHandle, JoinSet, Tasks, joined, spawn};
pub use timer::Instant;

use js_sys::Reflect;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::Result;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

/// The system, for the user agent.
pub const SYSTEM: &str = "javascript";

/// The time of the day.
pub fn now() -> SystemTime {
    // That of the standard library has no clock here.
    UNIX_EPOCH + Duration::from_secs_f64(js_sys::Date::now() / 1000.0)
}

/// An environment variable, where the runtime has them under Node's name and lets the program read them. Workers make that
/// object when it is read first, which takes a quarter of a call's first time: theirs are not read.
pub fn variable(name: &str) -> Option<String> {
    let within = |value, name: &str| Reflect::get(&value, &name.into()).ok();
    let global = |name| within(js_sys::global().into(), name);
    let agent = global("navigator").and_then(|navigator| within(navigator, "userAgent")?.as_string());
    if agent.as_deref() == Some("Cloudflare-Workers") {
        return None;
    }
    within(within(global("process")?, "env")?, name)?.as_string()
}

/// Writes a line to where the runtime has its errors.
pub fn log(line: &str) {
    console_error(line);
}

/// What runs tasks.
///
/// # Errors
/// None.
pub fn tasks() -> Result<Tasks> {
    Ok(Tasks)
}

/// 64 random bits.
pub fn random() -> u64 {
    let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    half() << 32 | half()
}
