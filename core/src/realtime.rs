//! Realtime: events while they happen, over one WebSocket.

mod buffer;
mod channel;
mod connection;
mod event;
mod frame;
mod generated;
mod listening;
mod options;
mod pace;
mod pause;
mod subscription;
mod table;

use std::sync::Arc;

use crate::Client;
use crate::error::{Error, Result};
use crate::transport::WebSocket;

pub use channel::Channel;
pub use event::{Gap, RealtimeEvent, RealtimeMessage, Written};
use frame::SUBSCRIBE;
pub use listening::Listening;
pub use options::SubscribeOptions;
pub use subscription::Subscription;
use table::Table;

/// Events of a project while they happen. All subscriptions share one WebSocket, which is open while there are any.
///
/// ```no_run
/// use polywrite::{Channel, Client, Realtime, RealtimeMessage, SubscribeOptions};
///
/// # async fn example(client: &Client, secret: &str) -> polywrite::Result<()> {
/// let realtime = Realtime::new(&client.with_session(secret)?)?;
/// let mut films = realtime.subscribe([Channel::rows("library", "films", "")], SubscribeOptions::new())?;
/// while let Some(message) = films.next().await? {
///     match message {
///         RealtimeMessage::Event(event) => println!("{}", event.event()),
///         // Events may be missing here: read again what must be known.
///         RealtimeMessage::Gap(_) => {}
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// The server sends each event at most once and keeps none. A connection that breaks is opened again, and every
/// subscription then gets a [`Gap`] before the first event that follows.
#[derive(Clone)]
pub struct Realtime {
    table: Arc<Table>,
}

impl Realtime {
    /// Realtime as the client's user: the one of its session, cookie or JSON Web Token, or a guest.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) for a client with an API key or an OAuth2 token, which
    /// the server ignores here: it would take the client for a guest. And for a client without project.
    pub fn new(client: &Client) -> Result<Self> {
        let refused = |message: &str, hint: &'static str| {
            Err(Error::configuration(message).with_operation("Realtime").with_hint(hint))
        };
        let settings = client.settings();
        if settings.headers.contains_key("x-appwrite-key") {
            let hint = "give it the `session` or `jwt` of a user that the program has for itself, and that user permission \
                        to read";
            return refused("realtime ignores API keys and would take this client for a guest", hint);
        }
        if settings.headers.contains_key("authorization") {
            let hint = "give it the `session` or `jwt` of a user";
            return refused("realtime ignores OAuth2 tokens and would take this client for a guest", hint);
        }
        let needs_headers =
            || ["x-appwrite-jwt", "cookie"].iter().any(|name| settings.headers.contains_key(*name));
        if !WebSocket::SENDS_HEADERS && needs_headers() {
            let hint = "give the client a `session`, which goes in a message";
            return refused(
                "the WebSocket of this runtime sends no headers, so neither a token nor a cookie",
                hint,
            );
        }
        if client.project().is_none() {
            return refused("the client has no project", "set `project`");
        }
        Ok(Self { table: Arc::new(Table::new(client.clone())) })
    }

    /// Subscribes to channels. Nothing waits here: the first event, or what goes wrong, comes from the subscription.
    /// Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) without channels, for an empty one, and for a query that
    /// subscriptions cannot have.
    pub fn subscribe<C: Into<Channel>>(
        &self,
        channels: impl IntoIterator<Item = C>,
        options: SubscribeOptions,
    ) -> Result<Subscription> {
        let channels = channels.into_iter().map(Into::into).collect();
        Subscription::open(&self.table, channels, options).map_err(|error| error.with_operation(SUBSCRIBE))
    }

    /// As [`subscribe`](Self::subscribe), and passes each message to a function, one after the other, until the subscription
    /// ends; [`Listening::closed`] waits for that.
    ///
    /// ```no_run
    /// # use polywrite::{Realtime, RealtimeMessage, Result, SubscribeOptions};
    /// # async fn example(realtime: &Realtime) -> Result<()> {
    /// let show = |message: RealtimeMessage| async move { println!("{message:?}") };
    /// let listening = realtime.listen(["account"], SubscribeOptions::new(), show)?;
    /// listening.closed().await
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`subscribe`](Self::subscribe).
    pub fn listen<C: Into<Channel>, F>(
        &self,
        channels: impl IntoIterator<Item = C>,
        options: SubscribeOptions,
        callback: impl FnMut(RealtimeMessage) -> F + Send + 'static,
    ) -> Result<Listening>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Ok(Listening::begin(self.subscribe(channels, options)?, callback))
    }
}

impl std::fmt::Debug for Realtime {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Realtime").field("client", self.table.client()).finish()
    }
}
