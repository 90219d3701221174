//! Traces and metrics of calls, for a program that has set OpenTelemetry's SDK up.
//!
//! The crate `polywrite` knows `tracing` alone: each call is a span there, and each attempt an event in it.
//! `tracing-opentelemetry` makes OpenTelemetry's of them. What is left for a program is here, to be copied: naming the trace to
//! the server, and the metrics.

use std::collections::HashMap;

use opentelemetry::{KeyValue, Value, global};
use polywrite::{CallEvent, Client, Hooks, operation};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The client, whose requests name the call's span to the server as the program's propagator does (`traceparent`), and whose
/// attempts are measured: the histogram `http.client.request.duration` in seconds, and the counter `polywrite.client.retries`.
pub fn traced(client: &Client) -> Client {
    let meter = global::meter("polywrite");
    let durations = meter.f64_histogram("http.client.request.duration").with_unit("s").build();
    let retries = meter.u64_counter("polywrite.client.retries").with_unit("{retry}").build();
    let (measured, counted) = (client.clone(), client.clone());
    let hooks = Hooks::new()
        .headers(|| {
            let (mut headers, context) = (HashMap::new(), Span::current().context());
            global::get_text_map_propagator(|propagator| propagator.inject_context(&context, &mut headers));
            headers.into_iter().collect()
        })
        .after_attempt(move |event| {
            let seconds = event.elapsed.unwrap_or_default().as_secs_f64();
            durations.record(seconds, &attributes(&measured, event));
        })
        .before_retry(move |event| retries.add(1, &attributes(&counted, event)));
    client.with_hooks(hooks)
}

/// The attributes of a call, and of the attempt that has ended.
fn attributes(client: &Client, event: &CallEvent<'_>) -> Vec<KeyValue> {
    let call = operation(event.operation).map(|operation| client.span_of(operation).attributes);
    let all = call.into_iter().flatten().chain(event.attributes());
    let value = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => Value::from(text),
        number => Value::from(number.as_i64().unwrap_or_default()),
    };
    all.map(|(name, each)| KeyValue::new(name, value(each))).collect()
}
