//! The queue of events that JavaScript drains.

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::{Array, Function};
use napi_derive::napi;
use polywrite::{Client, ClientConfig};
use polywrite_bridge::{Event, client};

use crate::environment::Environment;
use crate::error::thrown;
use crate::event::put;

/// The queue of one environment.
#[napi]
pub struct NativeQueue {
    pub(crate) environment: Arc<Environment>,
    /// What every client of this environment starts from.
    pub(crate) client: Client,
}

#[napi]
impl NativeQueue {
    /// `wake` is called when events wait for `drain`; a string may have at most `longest_text` letters.
    #[napi(constructor)]
    pub fn new(wake: Function<'_, (), ()>, settings: String, longest_text: f64) -> napi::Result<Self> {
        let wake = wake.build_threadsafe_function().weak::<true>().callee_handled::<false>().build()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "V8 says less than 2 to the 30th"
        )]
        let environment = Environment::new(wake, longest_text as usize);
        let settings = ClientConfig::from_json(&settings)
            .and_then(|patch| client("Node.js", "nodejs").configure(&patch));
        let warnings = Arc::clone(&environment.queue);
        let client =
            thrown(settings)?.on_new_warning(move |text| warnings.push(0, Event::Warning(text.to_owned())));
        Ok(Self { environment: Arc::new(environment), client })
    }

    /// All events so far, flat: value, tag, call ID, value, tag, call ID …
    #[napi]
    pub fn drain<'env>(&self, env: &'env Env) -> napi::Result<Array<'env>> {
        let events = self.environment.queue.drain();
        let ended = events.iter().filter(|(_, event)| event.is_end()).count();
        self.environment.settle(env, u32::try_from(ended).unwrap_or(u32::MAX));
        let mut flat = env.create_array(0)?;
        for (id, event) in events {
            put(env, &self.environment, &mut flat, id, event)?;
        }
        Ok(flat)
    }

    /// Gives a call up: its connection is closed or its stream reset. No event follows.
    #[napi]
    pub fn cancel(&self, env: &Env, id: u32) {
        if self.environment.queue.cancel(id) {
            self.environment.settle(env, 1);
        }
    }
}
