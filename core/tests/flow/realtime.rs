//! Realtime against a server that does what a test says.

use futures_util::FutureExt;
use polywrite::models::Row;
use polywrite::{
    Channel, Client, ErrorKind, Gap, Query, Realtime, RealtimeMessage, SubscribeOptions, Subscription,
};
use serde_json::{Value, json};

use crate::realtime_server::{Server, connected, event};

#[derive(serde::Deserialize)]
struct Numbered {
    n: u64,
}

fn open(server: &Server, channel: &str) -> Subscription {
    Realtime::new(&server.client()).unwrap().subscribe([channel], SubscribeOptions::new()).unwrap()
}

async fn number(subscription: &Subscription) -> u64 {
    match subscription.next().await.unwrap().unwrap() {
        RealtimeMessage::Event(event) => event.payload::<Row<Numbered>>().unwrap().data.n,
        RealtimeMessage::Gap(gap) => panic!("{gap:?}"),
    }
}

async fn gap(subscription: &Subscription) -> Option<u64> {
    match subscription.next().await.unwrap().unwrap() {
        RealtimeMessage::Gap(Gap { dropped, .. }) => dropped,
        RealtimeMessage::Event(event) => panic!("{event:?}"),
    }
}

#[test]
fn a_client_that_the_server_would_take_for_a_guest_is_refused_with_the_way_out() {
    let client = || Client::builder().endpoint("http://127.0.0.1/v1").project("p");
    let key = Realtime::new(&client().key("s3cret").build().unwrap()).unwrap_err();
    let bearer = Realtime::new(&client().build().unwrap().with_bearer("s3cret").unwrap()).unwrap_err();
    for error in [key, bearer] {
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let line = error.to_string();
        assert!(line.contains("for a guest; give it the `session` or `jwt` of a user"), "{line}");
        assert!(!line.contains("s3cret"), "{line}");
    }
}

#[tokio::test]
async fn what_the_server_would_refuse_without_a_reason_is_refused_before_anything_is_sent() {
    let realtime = Realtime::new(&Server::start().await.client()).unwrap();
    let refused = |channels: &[&str], options: SubscribeOptions| {
        let error = realtime.subscribe(channels.iter().copied(), options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        error.to_string()
    };
    let limit = SubscribeOptions::new().queries([Query::limit(3)]);
    assert!(
        refused(&["rows"], limit)
            .starts_with("Realtime.subscribe: a subscription cannot have the query `limit`; ")
    );
    assert!(refused(&[], SubscribeOptions::new()).contains("a channel is missing"));
    let incomplete = Channel::rows("d", "", "");
    let line = refused(&[incomplete.as_str()], SubscribeOptions::new());
    assert!(line.contains("the channel `tablesdb.d.tables..rows` lacks an ID between two dots"), "{line}");
    assert!(refused(&["rows"], SubscribeOptions::new().buffer(0)).contains("`buffer` must be at least 1"));
    assert!(refused(&[&"a".repeat(64_000)], SubscribeOptions::new()).contains("more than 64000 bytes"));
}

#[tokio::test]
async fn one_connection_carries_many_subscriptions_in_one_message() {
    let server = Server::start().await;
    let realtime = Realtime::new(&server.client()).unwrap();
    let options = SubscribeOptions::new().queries([Query::equal("n", 2)]);
    let rows = realtime.subscribe([Channel::rows("d", "t", "")], SubscribeOptions::new()).unwrap();
    let files =
        realtime.subscribe([Channel::files("b", "f").action("update"), Channel::account()], options).unwrap();
    let (mut connection, path, headers) = server.accept().await;
    assert_eq!(path, "/v1/realtime?project=p");
    assert_eq!(headers["x-appwrite-session"], "s3cret");
    assert!(!headers.contains_key("origin"));
    connection.send(connected(json!({ "$id": "u1" }))).await;
    let subscribe = connection.next().await.unwrap();
    let items = json!([
        { "subscriptionId": "s1", "channels": ["tablesdb.d.tables.t.rows"] },
        { "subscriptionId": "s2", "channels": ["buckets.b.files.f.update", "account"],
          "queries": [Query::equal("n", 2).as_str()] },
    ]);
    assert_eq!(subscribe, json!({ "type": "subscribe", "data": items }));
    connection.send(json!({ "type": "response", "data": { "to": "subscribe", "success": true } })).await;
    connection.send(event(1, &["s1"])).await;
    connection.send(event(2, &["s1", "s2", "unknown"])).await;
    assert_eq!([number(&rows).await, number(&rows).await, number(&files).await], [1, 2, 2]);

    drop(rows);
    let unsubscribe = connection.next().await.unwrap();
    assert_eq!(unsubscribe, json!({ "type": "unsubscribe", "data": [{ "subscriptionId": "s1" }] }));
    // The last one closes the connection, and another one opens it again.
    files.close();
    assert!(files.next().await.unwrap().is_none());
    assert_eq!(connection.next().await, None);
    let again = realtime.subscribe(["rows"], SubscribeOptions::new()).unwrap();
    let mut connection = server.connected().await;
    let ids = connection.subscribed().await.unwrap();
    connection.send(event(3, &[&ids[0].0])).await;
    assert_eq!(number(&again).await, 3);
}

#[tokio::test]
async fn a_subscription_that_was_lost_is_made_again_and_the_gap_is_announced() {
    let server = Server::start().await;
    let subscription = open(&server, "rows");
    let mut connection = server.connected().await;
    connection.subscribed().await.unwrap();
    connection.send(event(1, &["s1"])).await;
    assert_eq!(number(&subscription).await, 1);
    drop(connection);
    // One that breaks before it serves anything announces nothing.
    drop(server.tcp().await);
    let mut connection = server.connected().await;
    connection.subscribed().await.unwrap();
    connection.send(event(2, &["s1"])).await;
    assert_eq!(gap(&subscription).await, None);
    assert_eq!(number(&subscription).await, 2);
    // The session has ended meanwhile: the server would go on with a guest.
    drop(connection);
    let (mut connection, ..) = server.accept().await;
    connection.send(connected(Value::Null)).await;
    let error = subscription.next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert!(error.to_string().contains("sign in again"), "{error}");
    assert!(subscription.next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_reader_that_is_too_slow_learns_how_many_events_were_dropped_and_where() {
    let server = Server::start().await;
    let realtime = Realtime::new(&server.client()).unwrap();
    let slow = realtime.subscribe(["rows"], SubscribeOptions::new().buffer(2)).unwrap();
    let quick = realtime.subscribe(["rows"], SubscribeOptions::new()).unwrap();
    let mut connection = server.connected().await;
    connection.subscribed().await.unwrap();
    for number in 1..=5 {
        connection.send(event(number, &["s1", "s2"])).await;
    }
    for expected in 1..=5 {
        assert_eq!(number(&quick).await, expected);
    }
    assert_eq!([number(&slow).await, number(&slow).await], [1, 2]);
    assert_eq!(gap(&slow).await, Some(3));
    connection.send(event(6, &["s1"])).await;
    assert_eq!(number(&slow).await, 6);
}

#[tokio::test]
async fn a_subscription_that_the_server_refuses_fails_alone() {
    let server = Server::start().await;
    let realtime = Realtime::new(&server.client()).unwrap();
    let subscribe = |channel: &str| realtime.subscribe([channel], SubscribeOptions::new()).unwrap();
    let (good, bad) = (subscribe("rows"), subscribe("bad"));
    let mut connection = server.connected().await;
    let error = json!({ "type": "error", "data": { "code": 1003, "message": "Error: Server Error" } });
    assert_eq!(connection.next().await.unwrap()["data"].as_array().unwrap().len(), 2);
    connection.send(error.clone()).await;
    assert_eq!(connection.subscribed().await.unwrap()[0].1, json!(["rows"]));
    assert_eq!(connection.next().await.unwrap()["data"][0]["channels"], json!(["bad"]));
    connection.send(error).await;
    let refused = bad.next().await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Argument);
    let said = "the server refused the subscription to bad (1003): Error: Server Error";
    assert_eq!(refused.message(), said);
    connection.send(event(1, &["s1"])).await;
    assert_eq!(number(&good).await, 1);
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_or_refuses_ends_every_subscription() {
    let server = Server::start().await;
    let subscription = open(&server, "rows");
    for code in [1013, 401] {
        let (mut connection, ..) = server.accept().await;
        connection.send(json!({ "type": "error", "data": { "code": code, "message": "no" } })).await;
    }
    let error = subscription.next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(error.message(), "the server refused the connection (401): no");

    let client = server.client();
    drop(server);
    let error = Realtime::new(&client).unwrap().subscribe(["rows"], SubscribeOptions::new()).unwrap();
    let error = error.next().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network, "{error}");
    assert!(error.to_string().starts_with("Realtime.subscribe: cannot connect to "), "{error}");
}

#[tokio::test]
async fn a_read_that_is_cancelled_takes_nothing() {
    let server = Server::start().await;
    let subscription = open(&server, "rows");
    let mut connection = server.connected().await;
    connection.subscribed().await.unwrap();
    for number in 1..=3 {
        assert!(subscription.next().now_or_never().is_none());
        assert!(subscription.next_few(9).now_or_never().is_none());
        connection.send(event(number, &["s1"])).await;
        assert_eq!(self::number(&subscription).await, number);
    }
}

#[tokio::test]
async fn an_event_that_languages_would_read_differently_counts_as_dropped() {
    let server = Server::start().await;
    let subscription = open(&server, "rows");
    let mut connection = server.connected().await;
    connection.subscribed().await.unwrap();
    for unreadable in [r#""\ud83d""#, "\"\u{1e}\"", &"[".repeat(700), &"9".repeat(400)] {
        let text = event(1, &["s1"]).to_string().replace(r#""n":1"#, &format!(r#""n":{unreadable}"#));
        connection.send_text(text).await;
        connection.send(event(2, &["s1"])).await;
        let first = subscription.next().await.unwrap().unwrap();
        if unreadable.starts_with('[') {
            // A text whose brackets are not closed is not a message.
            assert!(matches!(first, RealtimeMessage::Event(_)));
            continue;
        }
        assert!(
            matches!(first, RealtimeMessage::Gap(Gap { dropped: Some(1), .. })),
            "{unreadable}: {first:?}"
        );
        assert_eq!(number(&subscription).await, 2);
    }
}

#[tokio::test]
async fn a_function_gets_the_messages_one_after_the_other_until_the_subscription_ends() {
    let server = Server::start().await;
    let realtime = Realtime::new(&server.client()).unwrap();
    let (heard, mut numbers) = tokio::sync::mpsc::unbounded_channel();
    let listen = |heard: tokio::sync::mpsc::UnboundedSender<u64>| {
        let callback = move |message| {
            let heard = heard.clone();
            async move {
                let RealtimeMessage::Event(event) = message else { panic!("{message:?}") };
                heard.send(event.payload::<Row<Numbered>>().unwrap().data.n).unwrap();
            }
        };
        realtime.listen(["rows"], SubscribeOptions::new(), callback).unwrap()
    };
    let listening = listen(heard.clone());
    let mut connection = server.connected().await;
    connection.subscribed().await.unwrap();
    for number in 1..=3 {
        connection.send(event(number, &["s1"])).await;
    }
    for number in 1..=3 {
        assert_eq!(numbers.recv().await, Some(number));
    }
    listening.close();
    listening.closed().await.unwrap();
    // Dropping one ends it, and what goes wrong comes at its end.
    drop(listen(heard.clone()));
    drop(connection);
    let listening = listen(heard);
    let mut connection = server.accept().await.0;
    connection.send(json!({ "type": "error", "data": { "code": 401, "message": "no" } })).await;
    assert_eq!(listening.closed().await.unwrap_err().kind(), ErrorKind::Unauthorized);
}
