//! A realtime connection that is cut 1,000 times while 10,000 events happen. Nothing depends on time: the server counts.

use polywrite::{Realtime, RealtimeMessage, SubscribeOptions, Subscription};
use tokio_websockets::ServerBuilder;

use crate::chance::Chance;
use crate::realtime_server::{Connection, Server, connected, event};

const EVENTS: u64 = 10_000;
const CUTS: u64 = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_comes_at_most_once_in_order_and_every_gap_is_announced() {
    let server = Server::start().await;
    let realtime = Realtime::new(&server.client()).unwrap();
    let subscribe =
        |channel: &str| realtime.subscribe([channel], SubscribeOptions::new().buffer(20_000)).unwrap();
    let (all, even) = (subscribe("all"), subscribe("even"));
    let serving = tokio::spawn(serve(server));
    let ((seen, gaps), (seen_even, gaps_even)) = tokio::join!(read(all, 1), read(even, 2));
    let (sent, cuts) = serving.await.unwrap();
    println!(
        "{seen} of {sent} events that were sent came, {gaps} gaps; of the even ones {seen_even}, {gaps_even} gaps"
    );
    assert_eq!(cuts, CUTS);
    assert!(seen <= sent && seen_even <= sent, "{seen} and {seen_even} of {sent}");
    assert!(seen > EVENTS / 4 && gaps > 100 && gaps_even > 100, "{seen} events, {gaps} and {gaps_even} gaps");
}

/// Lets events happen. Each is sent to the connection that is there; those that happen while there is none are lost.
async fn serve(server: Server) -> (u64, u64) {
    let chance = Chance::new(42);
    let (mut number, mut sent, mut cuts) = (0, 0, 0);
    loop {
        let tcp = server.tcp().await;
        // The last connection is not cut.
        let stage = if cuts == CUTS {
            4
        } else {
            cuts += 1;
            chance.below(8)
        };
        if stage == 0 {
            continue;
        }
        let Ok((_, stream)) = ServerBuilder::new().accept(tcp).await else { continue };
        let mut connection = Connection::from(stream);
        if stage == 1 || !connection.send(connected(true.into())).await {
            continue;
        }
        if stage == 2 {
            connection.next().await;
            continue;
        }
        // Both subscriptions come in one message or, at first, in two.
        let mut ids = Vec::new();
        while ids.len() < 2 {
            match connection.subscribed().await {
                Some(more) => ids.extend(more),
                None => break,
            }
        }
        let [(one, _), (other, _)] = &ids[..] else { continue };
        let until = if cuts == CUTS && stage == 4 { EVENTS } else { EVENTS.min(number + chance.below(16)) };
        while number < until {
            number += 1;
            let subscriptions = if number % 2 == 0 { vec![one.as_str(), other] } else { vec![one.as_str()] };
            // One in eight is lost with the connection, or sent.
            sent += u64::from(connection.send(event(number, &subscriptions)).await);
        }
        if number == EVENTS && cuts == CUTS {
            // The end, which all get.
            connection.send(event(0, &[one, other])).await;
            while connection.next().await.is_some() {}
            return (sent, cuts);
        }
        // What happens while there is no connection.
        number = (number + chance.below(4)).min(EVENTS - 100);
    }
}

/// Reads until the end and returns how many events and gaps came: only gaps may come between numbers that do not follow one
/// another.
async fn read(subscription: Subscription, step: u64) -> (u64, u64) {
    let (mut last, mut seen, mut gaps, mut is_gap) = (0, 0, 0, false);
    loop {
        let event = match subscription.next().await.unwrap().unwrap() {
            RealtimeMessage::Gap(_) => {
                (gaps, is_gap) = (gaps + 1, true);
                continue;
            }
            RealtimeMessage::Event(event) => event,
        };
        let number = event.payload::<serde_json::Value>().unwrap()["n"].as_u64().unwrap();
        if number == 0 {
            return (seen, gaps);
        }
        assert!(number > last, "{number} came after {last}");
        assert!(
            is_gap || number == last + step || last == 0,
            "{number} came after {last} and no gap was announced"
        );
        (last, seen, is_gap) = (number, seen + 1, false);
    }
}
