//! Waiting, with a typed response.

use std::marker::PhantomData;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::call::Arguments;
use crate::call::typed::{PendingResponse, Sending};
use crate::flow::wait::{Wait, WaitOptions, wait_for};
use crate::{CallOptions, Client, Error, Params, Response, Result};

/// Waiting that has not begun; awaiting it reads the resource until it is ready, and returns it.
///
/// # Errors
/// [`ErrorKind::Failed`](crate::ErrorKind::Failed) with the server's reason when it failed,
/// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout) with the last status when time is over,
/// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is none or it was deleted meanwhile; otherwise the errors
/// of the calls that read it.
#[must_use = "waiting begins by awaiting it"]
pub struct WaitCall<T> {
    client: Client,
    wait: &'static Wait,
    params: Params,
    options: WaitOptions,
    output: PhantomData<fn() -> T>,
}

impl<T> WaitCall<T> {
    #[inline]
    #[doc(hidden)]
    pub fn new(client: &Client, wait: &'static Wait) -> Self {
        let (params, options) = (Params::new(), WaitOptions::new());
        Self { client: client.clone(), wait, params, options, output: PhantomData }
    }

    /// How long to wait in all, more than 0. Default: 60 s for columns and indexes, 10 min for what takes longer.
    #[inline]
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { options: self.options.timeout(timeout), ..self }
    }

    /// Called with the first status and each time that the status has changed.
    #[inline]
    pub fn on_status(self, listener: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { options: self.options.on_status(listener), ..self }
    }

    /// Sets the options of each call that reads the resource.
    #[inline]
    pub fn with_options(self, options: CallOptions) -> Self {
        Self { options: self.options.call(options), ..self }
    }
}

impl<T> Arguments for WaitCall<T> {
    #[inline]
    fn params(&mut self) -> &mut Params {
        &mut self.params
    }
}

impl<T: DeserializeOwned> IntoFuture for WaitCall<T> {
    type Output = Result<T>;
    type IntoFuture = Sending<T>;

    fn into_future(self) -> Sending<T> {
        let Self { client, wait, params, options, .. } = self;
        Sending::new(begin(client, wait, params, options), Response::json)
    }
}

/// Not generic, so that it is compiled once, in this crate.
fn begin(client: Client, wait: &'static Wait, params: Params, options: WaitOptions) -> PendingResponse {
    Box::pin(async move { wait_for(&client, wait, params, options).await.map_err(Error::in_snake_case) })
}
