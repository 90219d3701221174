use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::buffer::Buffer;
use super::channel::Channel;
use super::connection;
use super::event::RealtimeMessage;
use super::frame::{self, AROUND};
use super::generated::MESSAGE_BYTES;
use super::options::SubscribeOptions;
use super::table::{Entry, Table};
use crate::error::{Error, Result};
use crate::host;

/// How many bytes of events come at once, before the last one.
const MOST_BYTES: usize = 512 * 1024;

/// The events of channels, in the order in which the server sent them. Dropping it ends the subscription, and that of the
/// last one closes the connection.
///
/// It is a [`Stream`](futures_core::Stream), too.
pub struct Subscription {
    table: Arc<Table>,
    number: u64,
    entry: Arc<Entry>,
}

impl Subscription {
    pub(super) fn open(
        table: &Arc<Table>,
        channels: Vec<Channel>,
        options: SubscribeOptions,
    ) -> Result<Self> {
        options.check()?;
        let channels: Vec<String> = channels.iter().map(|channel| channel.as_str().to_owned()).collect();
        if channels.is_empty() || channels.iter().any(String::is_empty) {
            let hint = "name at least one, such as `Channel.rows(…)`";
            return Err(Error::argument("a channel is missing").with_hint(hint));
        }
        // The server takes it and never sends anything.
        if let Some(channel) = channels.iter().find(|channel| channel.split('.').any(str::is_empty)) {
            let message = format!("the channel `{}` lacks an ID between two dots", channel.escape_debug());
            return Err(Error::argument(message).with_hint("give every ID that stands before another one"));
        }
        let request = |id: &str| frame::subscription(id, &channels, &options.queries);
        // The ID is not known yet, and no longer than the longest.
        if request(&u64::MAX.to_string()).len() + AROUND > MESSAGE_BYTES {
            let message = format!("the channels and queries have more than {MESSAGE_BYTES} bytes");
            return Err(Error::argument(message).with_hint("divide them among several subscriptions"));
        }
        let tasks = host::tasks()
            .map_err(|_| Error::configuration("subscriptions must be opened inside a tokio runtime"))?;
        let (number, entry, task) = table.add(Buffer::new(options.buffer), channels.join(", "), request);
        if let Some(task) = task {
            tasks.spawn(connection::run(task));
        }
        Ok(Self { table: Arc::clone(table), number, entry })
    }

    /// Waits for the next message; none once the subscription is [closed](Self::close). One that is dropped before it is
    /// ready has taken nothing.
    ///
    /// # Errors
    /// Once, and then it has ended: [`ErrorKind::Unauthorized`](crate::ErrorKind::Unauthorized) when the server does not
    /// know the client's user, at first or after the connection was lost; [`ErrorKind::Argument`] when it refuses the
    /// channels or queries; and as calls where no connection could be opened at all.
    ///
    /// [`ErrorKind::Argument`]: crate::ErrorKind::Argument
    pub async fn next(&self) -> Result<Option<RealtimeMessage>> {
        poll_fn(|context| self.entry.buffer().poll(context)).await
    }

    /// Waits for messages and returns those that are there, at most so many, and about 512 KiB; none at the end. One
    /// that is dropped before it is ready has taken nothing.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub async fn next_few(&self, most: usize) -> Result<Vec<RealtimeMessage>> {
        let mut messages: Vec<RealtimeMessage> = self.next().await?.into_iter().collect();
        let mut size: usize = messages.iter().map(RealtimeMessage::size).sum();
        let mut buffer = self.entry.buffer();
        let context = Context::from_waker(std::task::Waker::noop());
        while !messages.is_empty() && messages.len() < most && size < MOST_BYTES && buffer.has_more() {
            if let Poll::Ready(Ok(Some(message))) = buffer.poll(&context) {
                size += message.size();
                messages.push(message);
            }
        }
        Ok(messages)
    }

    /// Ends the subscription. A `next` that waits returns none.
    pub fn close(&self) {
        self.table.remove(self.number);
        self.entry.buffer().end(None);
    }
}

impl Stream for Subscription {
    type Item = Result<RealtimeMessage>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.entry.buffer().poll(context).map(Result::transpose)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.close();
    }
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Subscription").field("channels", &self.entry.channels).finish()
    }
}
