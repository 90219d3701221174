//! The span of work that takes several calls, for `tracing`.

use tracing::field::Empty;
use tracing::{Span, info_span};

use crate::error::Error;

/// The span of work that takes several calls, which are its children; disabled without a subscriber.
pub(crate) fn work_span(name: &str) -> Span {
    info_span!(
        target: "polywrite",
        "work",
        "otel.name" = name,
        "otel.status_code" = Empty,
        "otel.status_description" = Empty,
        "polywrite.operation" = name,
        "error.type" = Empty,
    )
}

/// Records why the work of a span has failed; an error of the program's own has no kind.
pub(crate) fn record_failure(span: &Span, error: Option<&Error>) {
    span.record("otel.status_code", "ERROR");
    span.record("error.type", error.map_or("_OTHER", |error| error.kind().as_str()));
    if let Some(error) = error {
        span.record("otel.status_description", error.message());
    }
}
