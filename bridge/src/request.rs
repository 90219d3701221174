//! Requests that no operation describes.

use polywrite::{Client, Params, Result};

use crate::outcome::{Outcome, Reading};

/// A request below the endpoint, as a program describes it.
#[derive(Debug)]
pub struct Request {
    /// The HTTP method.
    pub method: String,
    /// The path below the endpoint, or a whole URL of the endpoint's server.
    pub path: String,
    /// Headers that win over the client's.
    pub headers: Vec<(String, String)>,
    /// The query's parameters or the body's.
    pub params: Params,
    /// What the response becomes.
    pub reading: Reading,
}

impl Request {
    /// Sends the request and reads the whole response.
    ///
    /// # Errors
    /// As [`Client::request`].
    pub async fn send(self, client: Client) -> Result<Outcome> {
        let Self { method, path, headers, params, reading } = self;
        let response = match reading {
            Reading::Location => client.redirect(&method, &path, &headers, params).await?,
            Reading::AsSent | Reading::Text => client.request(&method, &path, &headers, params).await?,
        };
        Outcome::read_as(reading, response)
    }
}
