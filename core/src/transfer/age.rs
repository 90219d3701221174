//! Whether the file that a download has read is younger than the download.

use http::header::HeaderValue;
use serde_json::Value;

use crate::client::Client;
use crate::error::Result;
use crate::operation::DatedBy;
use crate::options::CallOptions;
use crate::params::Params;
use crate::response::Response;
use crate::transport::Deadline;

/// Distinguishes a file from another one that has taken its place, where the responses that its bytes come in do not.
///
/// Appwrite does not overwrite a file: another one under its ID was created later than the first response was sent. Both
/// times are the server's own. A file that was created in the second of the first response may be either one.
#[derive(Clone, Debug)]
pub(super) struct Age {
    dated_by: &'static DatedBy,
    params: Params,
    /// The second in which the first response was sent, such as `1994-11-06T08:49:37`.
    began: String,
}

impl Age {
    /// What the file is measured by: the `date` header of the first response. Nothing where the server says too little.
    pub(super) fn of(
        dated_by: Option<&'static DatedBy>,
        params: &Params,
        date: Option<&HeaderValue>,
    ) -> Option<Self> {
        let dated_by = dated_by?;
        let began = second(date?)?;
        let mut own = Params::new();
        for param in dated_by.operation.params {
            if let Some(value) = params.get(param.name) {
                own.set_raw(param.name, value.to_owned());
            }
        }
        Some(Self { dated_by, params: own, began })
    }

    /// Whether the server's file is surely younger than the first response. Where it does not say, to a caller who may not
    /// read the file's properties for instance, the response is no.
    pub(super) async fn is_younger(
        &self,
        client: &Client,
        options: &CallOptions,
        deadline: Deadline,
    ) -> bool {
        let read = self.read(client, options, deadline).await;
        let created = read.ok().and_then(|response| {
            let value: Value = serde_json::from_slice(response.body()).ok()?;
            Some(value.get(self.dated_by.field)?.as_str()?.to_owned())
        });
        created.is_some_and(|created| is_later(&created, &self.began))
    }

    async fn read(&self, client: &Client, options: &CallOptions, deadline: Deadline) -> Result<Response> {
        let options = CallOptions { range: None, ..options.clone() };
        let mut request = client.prepare(self.dated_by.operation, &self.params, &options)?;
        request.deadline = deadline;
        client.send_whole(&request, &options).await
    }
}

/// Whether a date as Appwrite writes it, `1994-11-06T08:49:37.123+00:00`, is in a later second.
fn is_later(date: &str, second: &str) -> bool {
    let is_utc = date.ends_with("+00:00") || date.ends_with('Z');
    is_utc && date.get(..second.len()).is_some_and(|date| date > second)
}

/// The second that a header names.
fn second(header: &HeaderValue) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let time = httpdate::parse_http_date(header.to_str().ok()?).ok()?;
    // `Sun, 06 Nov 1994 08:49:37 GMT`, whichever of the three forms the server wrote.
    let text = httpdate::fmt_http_date(time);
    let mut words = text.split(' ').skip(1);
    let (day, month, year, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = 1 + MONTHS.iter().position(|name| *name == month)?;
    Some(format!("{year}-{month:02}-{day}T{clock}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_headers_and_of_files_are_compared_by_the_second() {
        let began = second(&HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT")).unwrap();
        assert_eq!(began, "1994-11-06T08:49:37");
        for (created, expected) in [
            ("1994-11-06T08:49:38.000+00:00", true),
            ("1995-01-01T00:00:00.000Z", true),
            ("1994-11-06T08:49:37.999+00:00", false),
            ("1994-11-06T08:49:36.999+00:00", false),
            // Of another zone or form: it cannot be compared.
            ("1994-11-06T09:49:38.000+01:00", false),
            ("", false),
            ("Z", false),
        ] {
            assert_eq!(is_later(created, &began), expected, "{created}");
        }
        assert_eq!(second(&HeaderValue::from_static("yesterday")), None);
    }
}
