//! A call with a typed response.

use crate::Typed;
use crate::call::Arguments;
use crate::flow::pages::{Pager, iterate};
use crate::{CallOptions, Client, Error, Operation, Params, Response, Result, WithResponse};
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(super) type Decode<T> = fn(&Response) -> Result<T>;

/// A call that has not been made; awaiting it sends it.
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

    /// Sets the options of this call: time limit, retries, headers.
    #[inline]
    pub fn with_options(self, options: CallOptions) -> Self {
        Self { options, ..self }
    }

    /// The same call, with the user data of its response as `Data`.
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
    /// A call whose response is JSON.
    #[inline]
    #[doc(hidden)]
    pub fn decoded(client: &Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, Response::json)
    }
}

impl<T> Call<T> {
    pub(super) fn into_pager(self, page_size: Option<u64>) -> Result<Pager> {
        let Self { client, operation, params, options, .. } = self;
        iterate(&client, operation, params, page_size, options).map_err(Error::in_snake_case)
    }
}

impl Call<()> {
    /// A call whose response has no content.
    #[inline]
    #[doc(hidden)]
    pub fn empty(client: &Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, |_| Ok(()))
    }
}

impl Call<String> {
    /// A call whose response is plain text.
    #[inline]
    #[doc(hidden)]
    pub fn plain(client: &Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, |response| response.text().map(str::to_owned))
    }

    /// A call whose response is a redirect, which returns its Location.
    #[inline]
    #[doc(hidden)]
    pub fn location(client: &Client, operation: &'static Operation) -> Self {
        Self::new(client, operation, |response| response.location().map(str::to_owned))
    }
}

impl<T> Call<T> {
    /// Makes the call, and returns the response beside what awaiting the call alone returns.
    ///
    /// # Errors
    /// Those of the call.
    pub async fn with_response(self) -> Result<WithResponse<T>> {
        let Self { client, operation, params, options, decode } = self;
        with_response(send(client, operation, params, options), decode).await
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

/// Not generic, so that the whole call is compiled once, in this crate.
fn send(
    client: Client,
    operation: &'static Operation,
    params: Params,
    options: CallOptions,
) -> PendingResponse {
    Box::pin(async move { client.execute(operation, params, options).await.map_err(Error::in_snake_case) })
}

/// Decodes a response, and returns it beside its content.
pub(super) async fn with_response<T>(
    response: PendingResponse,
    decode: Decode<T>,
) -> Result<WithResponse<T>> {
    let response = response.await?;
    Ok(WithResponse { data: decode(&response)?, response: response.into_info() })
}

/// A response that has not arrived yet.
pub(super) type PendingResponse = Pin<Box<dyn Future<Output = Result<Response>> + Send>>;

/// A call that has been sent; dropping it cancels it.
#[must_use = "futures do nothing unless polled"]
pub struct Sending<T> {
    response: PendingResponse,
    decode: Decode<T>,
}

impl<T> Sending<T> {
    #[inline]
    pub(super) fn new(response: PendingResponse, decode: Decode<T>) -> Self {
        Self { response, decode }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let decode = self.decode;
        self.response.as_mut().poll(context).map(|response| decode(&response?))
    }
}
