//! Subscriptions of realtime. A language names one by its number, and the connection that several share by another.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use polywrite::{Client, Operation, PerProcess, Realtime, Response, Result, SubscribeOptions, Subscription};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::lock::lock;
use crate::numbers;
use crate::outcome::Outcome;
use crate::runtime::{Threads, driven};

/// How many messages cross at once, at most.
const AT_ONCE: usize = 256;

/// What a command does with subscriptions, as its record says it in JSON.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Listening {
    /// Subscribes, on the connection of this number or, without one, on a new one. Both numbers come back.
    Listen { connection: Option<u32>, channels: Vec<String>, options: Option<Value> },
    /// Waits for messages. They come back as a list, empty at the end.
    Hear { number: u32 },
    /// Ends a subscription, and a `hear` that waits.
    Mute { number: u32 },
}

#[derive(Default)]
struct Table {
    connections: HashMap<u32, Realtime>,
    /// Each with the number of its connection.
    subscriptions: HashMap<u32, (u32, Arc<Subscription>)>,
}

impl Table {
    /// Forgets a subscription, and the connection with its last one.
    fn forget(&mut self, number: u32) -> Option<Arc<Subscription>> {
        let (connection, subscription) = self.subscriptions.remove(&number)?;
        if !self.subscriptions.values().any(|(other, _)| *other == connection) {
            self.connections.remove(&connection);
        }
        Some(subscription)
    }
}

/// What this process has open. A parent's connections are served in the parent.
static TABLE: PerProcess<Mutex<Table>> = PerProcess::new();

fn table() -> MutexGuard<'static, Table> {
    lock(TABLE.get())
}

impl Listening {
    /// Does it.
    ///
    /// # Errors
    /// As the methods of [`Realtime`] and [`Subscription`].
    pub(crate) async fn run(self, operation: &'static Operation, client: Client) -> Result<Outcome> {
        let said = match self {
            Listening::Listen { connection, channels, options } => {
                // The connection is served between two calls, too.
                driven(Threads::One)?;
                let options = options.map_or_else(|| "{}".to_owned(), |options| options.to_string());
                let options = SubscribeOptions::from_json(&options)?;
                let known = connection.and_then(|number| table().connections.get(&number).cloned());
                let realtime = known.map_or_else(|| Realtime::new(&client), Ok)?;
                let subscription = Arc::new(realtime.subscribe(channels, options)?);
                let number = numbers::fresh();
                let mut table = table();
                let connection = connection.unwrap_or(number);
                table.connections.insert(connection, realtime);
                table.subscriptions.insert(number, (connection, subscription));
                json!({ "connection": connection, "number": number }).to_string()
            }
            Listening::Hear { number } => {
                let subscription = table().subscriptions.get(&number).map(|(_, it)| Arc::clone(it));
                let messages = match subscription {
                    Some(subscription) => subscription.next_few(AT_ONCE).await,
                    None => Ok(Vec::new()),
                };
                if messages.as_ref().map_or(true, Vec::is_empty) {
                    table().forget(number);
                }
                let messages = messages?;
                let mut text = String::from("[");
                for (place, message) in messages.iter().enumerate() {
                    text.push_str(if place == 0 { "" } else { "," });
                    message.write_json(&mut text);
                }
                text + "]"
            }
            Listening::Mute { number } => {
                let subscription = table().forget(number);
                if let Some(subscription) = subscription {
                    subscription.close();
                }
                "null".to_owned()
            }
        };
        Ok(Outcome::Json(Response::of_json(operation, said)))
    }
}
