//! Webhooks: what Appwrite sends to a URL when something changes, and whether it was Appwrite that sent it.

mod event;
mod headers;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::percent_decode_str;
use sha1::Sha1;

use crate::{Error, ErrorKind, Result, Secret};
pub use event::WebhookEvent;
use headers::Headers;

/// What errors name as the operation.
const PARSE: &str = "Webhook.parse";

/// A webhook of the project: verifies and reads the requests that Appwrite sends.
///
/// ```
/// use polywrite::Webhook;
///
/// # let secret = "s3cret";
/// let webhook = Webhook::new("https://shop.example.com/hooks/orders", secret)?;
/// # let body = br#"{"$id":"o1"}"#;
/// # let signature = webhook.sign(body);
/// # let headers = [
/// #     ("x-appwrite-webhook-signature", signature.as_str()),
/// #     ("x-appwrite-webhook-id", "hook"),
/// #     ("x-appwrite-webhook-name", "Orders"),
/// #     ("x-appwrite-webhook-events", "databases.shop.tables.orders.rows.o1.create"),
/// #     ("x-appwrite-webhook-project-id", "p"),
/// # ];
/// let event = webhook.parse(headers, body)?;
/// if event.model() == Some("Row") {
///     println!("{}: {}", event.events()[0], event.payload::<serde_json::Value>()?["$id"]);
/// }
/// # Ok::<(), polywrite::Error>(())
/// ```
#[derive(Clone)]
pub struct Webhook {
    /// As Appwrite signs it: percent-decoded.
    url: Vec<u8>,
    /// Appwrite's choice. An HMAC does not need more of SHA-1 than it still has.
    key: Hmac<Sha1>,
}

impl Webhook {
    /// A webhook with the URL that is registered in Appwrite, which counts behind a proxy too, and its secret
    /// (`Webhook::secret` of the models: 128 hexadecimal digits unless somebody chose another).
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] when either is empty: anybody could sign with an empty secret.
    pub fn new(url: &str, secret: impl Into<Secret>) -> Result<Self> {
        let secret = secret.into();
        for (name, value) in [("url", url), ("secret", secret.expose())] {
            if value.is_empty() {
                let hint = "pass the URL that is registered in Appwrite and the webhook's secret";
                return Err(Error::argument(format!("the {name} is empty"))
                    .with_operation(PARSE)
                    .with_hint(hint));
            }
        }
        let key = Hmac::new_from_slice(secret.expose().as_bytes())
            .map_err(|_| Error::argument("the secret cannot be a key").with_operation(PARSE))?;
        Ok(Self { url: percent_decode_str(url).collect(), key })
    }

    /// Verifies and reads a request: its headers, in any case, and its body as it arrived, byte by byte.
    ///
    /// The signature covers the URL and the body. It does not cover the headers, which say the event, the user and the
    /// project, nor a time: a reader of the request can send it again with other headers.
    ///
    /// # Errors
    /// [`ErrorKind::Unauthorized`] when the signature is missing or wrong: Appwrite did not send the request, or it was
    /// changed. [`ErrorKind::Decode`] when the body is not JSON or another header is missing.
    pub fn parse<N, V>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: impl AsRef<[u8]>,
    ) -> Result<WebhookEvent>
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]>,
    {
        let body = body.as_ref();
        let headers = Headers::of(headers);
        self.verify(&headers, body)
            .and_then(|()| WebhookEvent::read(headers, body))
            .map_err(|error| error.with_operation(PARSE))
    }

    /// The signature of a body, as Appwrite sends it in the header `x-appwrite-webhook-signature`: for tests.
    pub fn sign(&self, body: impl AsRef<[u8]>) -> String {
        STANDARD.encode(self.signed(body.as_ref()).finalize().into_bytes())
    }

    fn verify(&self, headers: &Headers, body: &[u8]) -> Result<()> {
        let Some(signature) = &headers.signature else {
            let message = "the request has no header x-appwrite-webhook-signature";
            let hint = "it does not come from Appwrite, or a proxy drops the header: reject it";
            return Err(Error::new(ErrorKind::Unauthorized, message).with_hint(hint));
        };
        let signature = STANDARD.decode(signature).unwrap_or_default();
        // It takes the same time whatever differs.
        self.signed(body).verify_slice(&signature).map_err(|_| {
            let message = "the signature does not match the body";
            let hint = "check the secret, and that the URL is the one that is registered in Appwrite and not the one behind \
                        a proxy; pass the body as it arrived: one that was parsed and written again cannot be verified";
            Error::new(ErrorKind::Unauthorized, message).with_hint(hint)
        })
    }

    fn signed(&self, body: &[u8]) -> Hmac<Sha1> {
        self.key.clone().chain_update(&self.url).chain_update(body)
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = String::from_utf8_lossy(&self.url);
        formatter.debug_struct("Webhook").field("url", &url).field("secret", &"[redacted]").finish()
    }
}
