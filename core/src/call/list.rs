//! Lists with types, page after page.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_util::future::poll_fn;
use polywrite_models::List;
use serde::de::DeserializeOwned;

use crate::call::typed::Call;
use crate::flow::pages::{Arrived, Pager};
use crate::{Error, Result};

type NextPage = Pin<Box<dyn Future<Output = (Pager, Result<Option<Arrived>>)> + Send>>;

impl<T: List + DeserializeOwned> Call<T> {
    /// All items of the list, page after page, in the order of the queries. A query `limit` bounds the whole list.
    #[inline]
    pub fn items(self) -> Items<T> {
        Items::new(self)
    }

    /// All pages of the list; see [`items`](Self::items).
    #[inline]
    pub fn pages(self) -> Pages<T> {
        Pages::new(self)
    }
}

/// The pages of a list, each as its whole response. A page is requested when the stream is polled for it.
#[must_use = "a list is read by polling it"]
pub struct Pages<L> {
    state: State<L>,
    page_size: Option<u64>,
}

enum State<L> {
    Start(Call<L>),
    Ready(Pager),
    Waiting(NextPage),
    End,
}

impl<L: List + DeserializeOwned> Pages<L> {
    fn new(call: Call<L>) -> Self {
        Self { state: State::Start(call), page_size: None }
    }

    /// Sets how many items one request asks for, at least 1. Default: 100.
    pub fn page_size(self, items: u64) -> Self {
        Self { page_size: Some(items), ..self }
    }

    /// The next page, or `None` after the last one.
    ///
    /// # Errors
    /// The calls' own, and those of [`Pager::next`]; the list ends with the first error.
    pub async fn try_next(&mut self) -> Result<Option<L>> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<L>>> {
        let mut waiting = match std::mem::replace(&mut self.state, State::End) {
            State::End => return Poll::Ready(None),
            State::Start(call) => {
                let page_size = self.page_size;
                match call.into_pager(page_size) {
                    Ok(pager) => next(pager),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
            }
            State::Ready(pager) => next(pager),
            State::Waiting(waiting) => waiting,
        };
        let Poll::Ready((mut pager, arrived)) = waiting.as_mut().poll(context) else {
            self.state = State::Waiting(waiting);
            return Poll::Pending;
        };
        let page = arrived.and_then(|arrived| arrived.map_or(Ok(None), |arrived| pager.built(&arrived)));
        let page = page.map_err(Error::in_snake_case).transpose();
        if let Some(Ok(_)) = page {
            self.state = State::Ready(pager);
        }
        Poll::Ready(page)
    }
}

fn next(pager: Pager) -> NextPage {
    Box::pin(async move {
        let arrived = pager.request().await;
        (pager, arrived)
    })
}

// Nothing in it is pinned in place.
impl<L> Unpin for Pages<L> {}

impl<L: List + DeserializeOwned> Stream for Pages<L> {
    type Item = Result<L>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<L>>> {
        self.get_mut().poll(context)
    }
}

/// The items of a list, one after the other. A page is requested when the stream is polled for its first item, and one
/// page is in memory at a time.
#[must_use = "a list is read by polling it"]
pub struct Items<L: List> {
    pages: Pages<L>,
    page: std::vec::IntoIter<L::Item>,
}

impl<L: List + DeserializeOwned> Items<L> {
    fn new(call: Call<L>) -> Self {
        Self { pages: Pages::new(call), page: Vec::new().into_iter() }
    }

    /// Sets how many items one request asks for, at least 1. Default: 100.
    pub fn page_size(self, items: u64) -> Self {
        Self { pages: self.pages.page_size(items), ..self }
    }

    /// The next item, or `None` after the last one.
    ///
    /// # Errors
    /// As [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<L::Item>> {
        poll_fn(|context| self.poll(context)).await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<L::Item>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                None => return Poll::Ready(None),
                Some(Ok(page)) => self.page = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            }
        }
    }
}

impl<L: List> Unpin for Items<L> {}

impl<L: List + DeserializeOwned> Stream for Items<L> {
    type Item = Result<L::Item>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<L::Item>>> {
        self.get_mut().poll(context)
    }
}
