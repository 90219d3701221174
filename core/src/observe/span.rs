//! The span of a call, for `tracing`: `tracing-opentelemetry` makes one of OpenTelemetry's of it.

use std::future::Future;

use serde_json::Value;
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

use super::telemetry::{Attributes, CallSpan, outcome};
use crate::error::Result;
use crate::operation::Operation;
use crate::response::ResponseInfo;
use crate::settings::Settings;

/// The span of a call that begins now, within the caller's; disabled without a subscriber.
pub(crate) fn span(settings: &Settings, operation: &Operation) -> Span {
    let span = info_span!(
        target: "polywrite",
        "call",
        "otel.kind" = "client",
        "otel.name" = Empty,
        "otel.status_code" = Empty,
        "otel.status_description" = Empty,
        "polywrite.operation" = Empty,
        "http.request.method" = Empty,
        "http.request.resend_count" = Empty,
        "http.response.status_code" = Empty,
        "server.address" = Empty,
        "server.port" = Empty,
        "url.template" = Empty,
        "error.type" = Empty,
    );
    if !span.is_disabled() {
        let CallSpan { name, attributes } = CallSpan::of(settings, operation);
        span.record("otel.name", name.as_str());
        record(&span, &attributes);
    }
    span
}

/// Makes a call within its span, and records how it ended.
pub(crate) async fn within<T>(
    span: Span,
    info: fn(&T) -> &ResponseInfo,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    let result = call.instrument(span.clone()).await;
    match &result {
        Ok(value) => {
            let info = info(value);
            record(&span, &outcome(Some(info.status()), None, info.attempts().len()));
        }
        Err(error) => {
            let again = error.attempts().len().saturating_sub(1);
            record(&span, &outcome(error.status(), Some(error.kind()), again));
            span.record("otel.status_code", "ERROR").record("otel.status_description", error.message());
        }
    }
    result
}

fn record(span: &Span, attributes: &Attributes) {
    for (name, value) in attributes {
        match value {
            Value::String(text) => span.record(name.as_str(), text.as_str()),
            value => span.record(name.as_str(), value.as_u64()),
        };
    }
}
