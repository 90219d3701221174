//! A call with a typed answer.

use crate::Typed;
use crate::call::Arguments;
use crate::{CallOptions, Client, Error, Operation, Params, Response, Result};
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

type Decode<T> = fn(&Response) -> Result<T>;

/// A call that is ready to be made; awaiting it sends it.
#[must_use = "a call is made by awaiting it"]
pub struct Call<T> {
    client: Client,
    operation: &'static Operation,
    params: Params,
    options: CallOptions,
    decode: Decode<T>,
}

impl<T> Call<T> {
    #[inline]
    fn new(client: &Client, operation: &'static Operation, decode: Decode<T>) -> Self {
        let (params, options) = (Params::new(), CallOptions::new());
        Self { client: client.clone(), operation, params, options, decode }
    }

    /// Sets what may differ from call to call: time limit, retries, headers.
    #[inline]
    pub fn with_options(self, options: CallOptions) -> Self {
        Self { options, ..self }
    }

    /// The same call, with the user data of its answer as `Data`.
    #[inline]
    pub fn typed<Data>(self) -> Call<T::Model>
    where
        T: Typed<Data>,
        T::Model: DeserializeOwned,
    {
        let Self { client, operation, params, options, .. } = self;
        Call { client, operation, params, options, decode: Response::json }
    }
}

impl<T: DeserializeOwned> Call<T> {
    /// A call that answers JSON.
    #[inline]
    pub(crate) fn decoded(client: &Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, Response::json)
    }
}

impl Call<()> {
    /// A call that answers nothing that matters.
    #[inline]
    pub(crate) fn empty(client: &Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, |_| Ok(()))
    }
}

impl Call<String> {
    /// A call that answers plain text.
    #[inline]
    pub(crate) fn plain(client: &Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, |response| response.text().map(str::to_owned))
    }

    /// A call that answers a redirect, whose Location is what matters.
    #[inline]
    pub(crate) fn location(client: &Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, |response| response.location().map(str::to_owned))
    }
}

impl<T> Arguments for Call<T> {
    #[inline]
    fn params(&mut self) -> &mut Params {
        &mut self.params
    }
}

impl<T> IntoFuture for Call<T> {
    type Output = Result<T>;
    type IntoFuture = Sending<T>;

    fn into_future(self) -> Sending<T> {
        let Self { client, operation, params, options, decode } = self;
        Sending { response: send(client, operation, params, options), decode }
    }
}

/// Not generic, so that the whole way to the server is compiled once, in this crate.
fn send(client: Client, operation: &'static Operation, params: Params, options: CallOptions) -> Answering {
    Box::pin(async move { client.execute(operation, params, options).await.map_err(Error::in_snake_case) })
}

/// An answer that is on its way.
pub(super) type Answering = Pin<Box<dyn Future<Output = Result<Response>> + Send>>;

/// A call that has been sent; dropping it gives it up.
#[must_use = "futures do nothing unless polled"]
pub struct Sending<T> {
    response: Answering,
    decode: Decode<T>,
}

impl<T> Sending<T> {
    #[inline]
    pub(super) fn new(response: Answering, decode: Decode<T>) -> Self {
        Self { response, decode }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let decode = self.decode;
        self.response.as_mut().poll(context).map(|answer| decode(&answer?))
    }
}
