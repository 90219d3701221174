//! A server of one file, with Appwrite's rules for ranges, HTTP's, or none.

use crate::server::{Act, Request, Server};

/// What a server does with a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    /// Refuses a part of one byte and what goes beyond the end of the file, and sends of an open range at most so many bytes.
    Appwrite(usize),
    /// Sends what there is.
    Http,
    /// Always sends the whole file.
    Unknown,
}

/// The response to a request for a file.
pub(crate) fn respond(request: &Request, content: &[u8], rules: Rules) -> Act {
    let size = content.len();
    let Some(range) = request.header("range").filter(|_| rules != Rules::Unknown) else {
        return Act::new(200, content);
    };
    let (first, last) = range.strip_prefix("bytes=").unwrap().split_once('-').unwrap();
    let (first, last): (usize, Option<usize>) = (first.parse().unwrap(), last.parse().ok());
    let end = match (rules, last) {
        (Rules::Appwrite(most), None) => size.min(first + most),
        (_, None) => size,
        (Rules::Http, Some(last)) => size.min(last + 1),
        (_, Some(last)) => last + 1,
    };
    let is_refused = first >= end || end > size || (rules != Rules::Http && first + 1 == end);
    if is_refused {
        let body = r#"{"message":"The requested range is not satisfiable.","type":"storage_invalid_range"}"#;
        return Act::new(416, body).with("content-type", "application/json");
    }
    Act::new(206, &content[first..end]).with("content-range", format!("bytes {first}-{}/{size}", end - 1))
}

/// A server of a file, which changes the responses to requests by their numbers as `change` says.
pub(crate) async fn serve(
    content: Vec<u8>,
    rules: Rules,
    change: impl Fn(usize, &Request, Act) -> Act + Send + Sync + 'static,
) -> Server {
    let count = std::sync::atomic::AtomicUsize::new(0);
    Server::start(move |request: Request| {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let act = change(number, &request, respond(&request, &content, rules));
        async move { act }
    })
    .await
}

/// A change that leaves every response as it is.
pub(crate) fn unchanged(_: usize, _: &Request, act: Act) -> Act {
    act
}
