//! What OpenTelemetry's own SDK collects of calls.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use opentelemetry::trace::{SpanKind, Status, TracerProvider};
use opentelemetry::{KeyValue, global};
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider};
use polywrite::Client;
use polywrite::services::Users;
use tracing::Instrument;
use tracing_subscriber::layer::SubscriberExt;

/// Responds to one request after the other, and returns the heads of all.
fn server(responses: Vec<(&'static str, &'static str)>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let mut heads = Vec::new();
        for (status, body) in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let length = body.len();
            let kind = "content-type: application/json\r\nconnection: close";
            write!(stream, "HTTP/1.1 {status}\r\n{kind}\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            let _ = reader.read(&mut [0]);
            heads.push(head);
        }
        heads
    });
    (endpoint, thread)
}

/// An attribute's text; empty without it.
fn text<'a>(attributes: impl IntoIterator<Item = &'a KeyValue>, name: &str) -> String {
    let found = attributes.into_iter().find(|each| each.key.as_str() == name);
    found.map(|each| each.value.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn calls_are_spans_within_the_callers_with_metrics_and_the_server_hears_of_the_trace() {
    let (spans, metrics) = (InMemorySpanExporter::default(), InMemoryMetricExporter::default());
    let tracers = SdkTracerProvider::builder().with_simple_exporter(spans.clone()).build();
    let meters =
        SdkMeterProvider::builder().with_reader(PeriodicReader::builder(metrics.clone()).build()).build();
    global::set_text_map_propagator(TraceContextPropagator::new());
    global::set_meter_provider(meters.clone());
    let layer = tracing_opentelemetry::layer().with_tracer(tracers.tracer("test"));
    let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));

    let user = r#"{"total":0,"users":[]}"#;
    let gone = r#"{"message":"gone","code":404,"type":"user_not_found"}"#;
    let (endpoint, heads) = server(vec![("503 Unavailable", ""), ("200 OK", user), ("404 Not Found", gone)]);
    let client = Client::builder().endpoint(&endpoint).project("p").key("s3cret").build().unwrap();
    let users = Users::new(&polywrite_traces::traced(&client));
    users.list().into_future().instrument(tracing::info_span!("mine")).await.unwrap();
    users.get("u-s3cret").await.unwrap_err();
    let heads = heads.join().unwrap();

    let found = spans.get_finished_spans().unwrap();
    let [call, mine, failed] = &found[..] else { panic!("{found:?}") };
    assert_eq!((call.name.as_ref(), &call.span_kind), ("GET /v1/users", &SpanKind::Client));
    assert_eq!(call.parent_span_id, mine.span_context.span_id());
    for (name, value) in [
        ("http.request.method", "GET"),
        ("server.address", "127.0.0.1"),
        ("url.template", "/v1/users"),
        ("polywrite.operation", "users.list"),
        ("http.response.status_code", "200"),
        ("http.request.resend_count", "1"),
    ] {
        assert_eq!(text(&call.attributes, name), value, "{name}");
    }
    let attempts = call.events.iter().filter(|event| event.name.contains(", attempt "));
    assert!(attempts.count() >= 2, "{:?}", call.events);
    assert_eq!(failed.status, Status::error("gone"));
    assert_eq!(text(&failed.attributes, "error.type"), "404");
    assert!(!format!("{found:?}").contains("s3cret"));

    let named = |span: &opentelemetry_sdk::trace::SpanData| {
        format!("traceparent: 00-{}-{}-01\r\n", span.span_context.trace_id(), span.span_context.span_id())
    };
    for (head, span) in heads.iter().zip([call, call, failed]) {
        assert!(head.contains(&named(span)), "{head}");
    }

    meters.force_flush().unwrap();
    let collected = metrics.get_finished_metrics().unwrap();
    let of = |name: &str| {
        let scopes = collected.iter().flat_map(|all| all.scope_metrics());
        let found = scopes.flat_map(|scope| scope.metrics()).find(|metric| metric.name() == name);
        found.unwrap_or_else(|| panic!("{name}")).data()
    };
    let AggregatedMetrics::U64(MetricData::Sum(retries)) = of("polywrite.client.retries") else { panic!() };
    let [retry] = &retries.data_points().collect::<Vec<_>>()[..] else { panic!("one kind of retry") };
    assert_eq!((retry.value(), text(retry.attributes(), "error.type")), (1, "503".to_owned()));
    let AggregatedMetrics::F64(MetricData::Histogram(durations)) = of("http.client.request.duration") else {
        panic!()
    };
    let of_calls: Vec<_> = durations.data_points().map(|point| (point.count(), point.sum())).collect();
    assert_eq!(of_calls.len(), 3, "an attempt each, of different attributes");
    assert!(of_calls.iter().all(|(count, sum)| *count == 1 && (0.0..60.0).contains(sum)), "{of_calls:?}");
}
