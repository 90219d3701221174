//! Subscriptions of realtime. A language names one by its number, and the connection that several share by another.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use polywrite::{
    Client, Error, Operation, PerProcess, Realtime, RealtimeMessage, Response, Result, SubscribeOptions,
    Subscription,
};
use serde::Deserialize;
use serde_json::{Value, json};

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
    /// Waits for the batch of [messages](Outcome::Messages) behind those that the reader has had, which are so many.
    Hear { number: u32, had: u32 },
    /// Ends a subscription, and a `hear` that waits.
    Mute { number: u32 },
}

/// A subscription, and what its reader may not have got.
struct Heard {
    subscription: Subscription,
    /// The number of the last batch, and its messages. A `hear` that is cancelled may have taken them and brought them nowhere,
    /// so that they come again, as they do to each of several that wait for the same batch.
    last: tokio::sync::Mutex<(u32, Arc<Vec<RealtimeMessage>>)>,
}

impl Heard {
    /// The batch behind those that the reader has had; empty at the end.
    async fn next(&self, had: u32) -> Result<Arc<Vec<RealtimeMessage>>> {
        let mut last = self.last.lock().await;
        if had >= last.0 {
            let messages = self.subscription.next_few(AT_ONCE).await?;
            *last = (had.wrapping_add(1), Arc::new(messages));
        }
        Ok(Arc::clone(&last.1))
    }
}

/// What this process listens to. A parent's connections are served in the parent.
struct Table {
    /// The last number that is not one of its own.
    others: u32,
    connections: HashMap<u32, Realtime>,
    /// Each with the number of its connection.
    subscriptions: HashMap<u32, (u32, Arc<Heard>)>,
}

impl Default for Table {
    fn default() -> Self {
        Self { others: numbers::last(), connections: HashMap::new(), subscriptions: HashMap::new() }
    }
}

impl Table {
    /// Forgets a subscription, and the connection with its last one.
    fn forget(&mut self, number: u32) -> Option<Arc<Heard>> {
        let (connection, subscription) = self.subscriptions.remove(&number)?;
        if !self.subscriptions.values().any(|(other, _)| *other == connection) {
            self.connections.remove(&connection);
        }
        Some(subscription)
    }
}

static TABLE: PerProcess<Mutex<Table>> = PerProcess::new();

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
                let mut table = TABLE.lock();
                let known = connection.and_then(|number| table.connections.get(&number).cloned());
                let realtime = known.map_or_else(|| Realtime::new(&client), Ok)?;
                let subscription = realtime.subscribe(channels, options)?;
                let heard = Arc::new(Heard { subscription, last: tokio::sync::Mutex::default() });
                let number = numbers::fresh();
                // One of the parent's is not used in the child of a fork.
                let connection = connection.filter(|connection| *connection > table.others).unwrap_or(number);
                table.connections.insert(connection, realtime);
                table.subscriptions.insert(number, (connection, heard));
                json!({ "connection": connection, "number": number }).to_string()
            }
            Listening::Hear { number, had } => {
                if number <= TABLE.lock().others {
                    let message = "this subscription was made before the process forked, and is the parent's";
                    return Err(
                        Error::configuration(message).with_hint("subscribe again in the child process")
                    );
                }
                let heard = TABLE.lock().subscriptions.get(&number).map(|(_, heard)| Arc::clone(heard));
                let messages = match heard {
                    Some(heard) => heard.next(had).await,
                    None => Ok(Arc::default()),
                };
                if messages.as_ref().map_or(true, |messages| messages.is_empty()) {
                    TABLE.lock().forget(number);
                }
                return messages.map(Outcome::Messages);
            }
            Listening::Mute { number } => {
                let heard = TABLE.lock().forget(number);
                if let Some(heard) = heard {
                    heard.subscription.close();
                }
                "null".to_owned()
            }
        };
        Ok(Outcome::Json(Response::of_json(operation, said)))
    }
}
