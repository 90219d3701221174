use std::fmt;

use reqwest::Url;

use crate::error::{Error, Result};

/// Appwrite's own cloud.
pub(crate) const CLOUD: &str = "https://cloud.appwrite.io/v1";

/// Where the API is: checked once, and without a slash at its end.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Endpoint {
    text: String,
    url: Url,
}

impl Endpoint {
    /// Checks an endpoint's address.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let refused = |reason: &str| {
            Err(Error::configuration(format!("the endpoint {reason}"))
                .with_hint("it should look like https://appwrite.example.com/v1"))
        };
        let text = text.trim().trim_end_matches('/');
        if !text.starts_with("http://") && !text.starts_with("https://") {
            return refused("must begin with http:// or https://");
        }
        let Ok(url) = Url::parse(text) else { return refused("is not a valid URL") };
        if !url.username().is_empty() || url.password().is_some() {
            return refused("must not contain a user name or password");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refused("must not contain `?` or `#`");
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { text, url })
    }

    /// The URL of a path and query, which must begin with this endpoint's own [`path`](Self::path).
    ///
    /// # Errors
    /// `Argument` when they can't be part of a URL.
    pub(crate) fn with_path(&self, path: &str) -> Result<Url> {
        // Scheme and host are checked already: only the path is read. Two slashes would begin another host.
        let parsed = if path.starts_with('/') && !path.starts_with("//") {
            Url::options().base_url(Some(&self.url)).parse(path)
        } else {
            let origin = &self.text[..self.text.len() - self.path().len()];
            Url::parse(&format!("{origin}{path}"))
        };
        parsed.map_err(|cause| Error::argument(format!("the call's URL is not valid: {cause}")))
    }

    /// The path of the address, without a slash at its end.
    pub(crate) fn path(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// The address, without a slash at its end.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is Appwrite's own cloud, in any region.
    pub(crate) fn is_cloud(&self) -> bool {
        self.url.host_str().is_some_and(|host| host == "appwrite.io" || host.ends_with(".appwrite.io"))
    }

    /// Whether a URL has the same scheme, host and port.
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_on_the_endpoints_host() {
        for endpoint in
            ["http://a.test", "https://a.test:444/v1", "http://a.test//v1", "http://[::1]:80/x/v1/"]
        {
            let endpoint = Endpoint::parse(endpoint).unwrap();
            let whole = format!("{}/users/a%2Fb?limit=1", endpoint.as_str());
            let path = format!("{}/users/a%2Fb?limit=1", endpoint.path());
            assert_eq!(endpoint.with_path(&path).unwrap(), Url::parse(&whole).unwrap());
        }
    }
}
