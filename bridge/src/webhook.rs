//! Requests of webhooks: verifying, reading and signing them.

use polywrite::{Error, Result, Webhook};
use serde::Deserialize;

/// A webhook as its record says it in JSON, and the headers of a request to read.
#[derive(Deserialize)]
struct Asked {
    url: Option<String>,
    secret: Option<String>,
    headers: Option<Vec<(String, String)>>,
}

/// What a request says, or without headers the signature of its body: JSON.
///
/// # Errors
/// As [`Webhook::parse`], and `Argument` for a record of another shape, which is not shown.
pub(crate) fn webhook(record: &str, body: &[u8]) -> Result<String> {
    let Asked { url, secret, headers } = serde_json::from_str(record)
        .map_err(|_| refused("the URL, the secret and all headers must be text"))?;
    let webhook = Webhook::new(&url.unwrap_or_default(), secret.unwrap_or_default())?;
    let said = match headers {
        Some(headers) => serde_json::to_string(&webhook.parse(headers, body)?),
        None => serde_json::to_string(&webhook.sign(body)),
    };
    said.map_err(|cause| refused(&cause.to_string()))
}

fn refused(message: &str) -> Error {
    Error::argument(message).with_operation("Webhook.parse")
}

#[cfg(test)]
mod tests {
    use polywrite::ErrorKind;
    use serde_json::json;

    use super::webhook;

    #[test]
    fn a_record_of_another_shape_shows_no_secret() {
        for record in
            [json!({ "url": 1, "secret": "s3cret" }), json!({ "secret": "s3cret" }), json!("s3cret")]
        {
            let error = webhook(&record.to_string(), b"{}").unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Argument);
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
        }
    }
}
