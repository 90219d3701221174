//! Waiting for what comes next, sent by awaiting.

use std::{future::IntoFuture, marker::PhantomData, pin::Pin, sync::Arc, time::Duration};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Delivery, Project, failed, records};
use crate::{Error, control, mail::Mail};

/// What is waited for: `project.next_mail().to("ada@example.com").await?`. It fails when nothing such came within 5 seconds.
#[must_use = "it waits when it is awaited"]
#[derive(Debug)]
pub struct Next<'a, T> {
    project: &'a Project,
    kind: &'static str,
    wanted: Map<String, Value>,
    of: PhantomData<fn() -> T>,
}

impl<'a, T> Next<'a, T> {
    pub(super) fn new(project: &'a Project, kind: &'static str) -> Self {
        Self { project, kind, wanted: Map::new(), of: PhantomData }
    }

    /// Waits as long as this, in place of 5 seconds.
    pub fn within(self, time: Duration) -> Self {
        self.with("seconds", time.as_secs_f64().into())
    }

    fn with(mut self, field: &str, value: Value) -> Self {
        self.wanted.insert(field.to_owned(), value);
        self
    }
}

impl Next<'_, Mail> {
    /// One to this address.
    pub fn to(self, address: &str) -> Self {
        self.with("to", address.into())
    }

    /// One of this kind, such as `recovery`: see [`Mail::kind`].
    pub fn kind(self, kind: &str) -> Self {
        self.with("kind", kind.into())
    }

    /// One for this user.
    pub fn user(self, id: &str) -> Self {
        self.with("userId", id.into())
    }
}

impl Next<'_, Delivery> {
    /// One of this webhook.
    pub fn webhook(self, id: &str) -> Self {
        self.with("webhookId", id.into())
    }

    /// One about this event: its exact name, such as `users.ada.create`.
    pub fn event(self, name: &str) -> Self {
        self.with("event", name.into())
    }

    /// One to this URL.
    pub fn url(self, url: &str) -> Self {
        self.with("url", url.into())
    }
}

impl<'a, T: DeserializeOwned + Send + 'a> IntoFuture for Next<'a, T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (state, id) = (Arc::clone(self.project.state()), self.project.id.clone());
            let waiting = async move { control::wait(state, &id, self.kind, self.wanted.into()).await };
            // On the emulator's threads, whatever runs the test.
            let waited = self.project.emulator.server.tasks.spawn(waiting).await;
            let found = waited.map_err(|problem| Error::new("wait for it", problem))?.map_err(failed)?;
            records::read(found)
        })
    }
}
