//! Realtime: who subscribes to the rows of a table gets as many events at once as the table's name says.
use crate::{row, TIME};
use futures_util::{SinkExt, StreamExt};
use serde_json::{json, Value};
use tokio::net::TcpStream;
use tokio_websockets::{Error, Message, ServerBuilder};

pub async fn serve(stream: TcpStream) -> Result<(), Error> {
    let (_, mut stream) = ServerBuilder::new().accept(stream).await?;
    let connected = json!({"channels": [], "subscriptions": [], "user": {"$id": "u"}});
    stream.send(Message::text(json!({"type": "connected", "data": connected}).to_string())).await?;
    while let Some(message) = stream.next().await {
        let message = message?;
        let request: Value = message.as_text().and_then(|text| text.parse().ok()).unwrap_or_default();
        if request["type"] != "subscribe" {
            continue;
        }
        let response = json!({"to": "subscribe", "success": true, "subscriptions": request["data"]});
        stream.send(Message::text(json!({"type": "response", "data": response}).to_string())).await?;
        let item = &request["data"][0];
        let table = item["channels"][0].as_str().and_then(|channel| channel.split('.').nth(3)).unwrap_or_default();
        // Made before the first is sent: making one takes as long as reading it.
        let count = table.parse().unwrap_or(0);
        let events: Vec<String> =
            (0..count).map(|number| event(table, number, &item["subscriptionId"]).to_string()).collect();
        for event in events {
            stream.feed(Message::text(event)).await?;
        }
        stream.flush().await?;
    }
    Ok(())
}

/// The event of a row, with the 64 names and 16 channels that Appwrite 1.9.6 gives one.
fn event(table: &str, number: usize, subscription: &Value) -> Value {
    let payload = row(number);
    let id = payload["$id"].as_str().unwrap_or_default();
    let kinds = [["tablesdb", "tables", "rows"], ["databases", "collections", "documents"], ["databases", "tables", "rows"]];
    let mut names = Vec::new();
    let each = |value| [value, "*"];
    for [databases, tables, rows] in kinds {
        for database in each("bench") {
            for table in each(table) {
                names.push(format!("{databases}.{database}.{tables}.{table}"));
                for row in each(id) {
                    let name = format!("{databases}.{database}.{tables}.{table}.{rows}.{row}");
                    names.extend([format!("{name}.create"), name]);
                }
            }
        }
    }
    names.extend(["tablesdb.bench", "databases.bench", "tablesdb.*", "databases.*"].map(str::to_owned));
    // The exact name is the first.
    names.swap(0, 1);
    let mut channels = vec!["documents".to_owned(), "rows".to_owned()];
    for [databases, tables, rows] in kinds {
        let all = format!("{databases}.bench.{tables}.{table}.{rows}");
        channels.extend([format!("{all}.{id}"), all]);
    }
    channels.extend(channels.clone().into_iter().map(|channel| channel + ".create"));
    let data = json!({"events": names, "channels": channels, "timestamp": TIME, "payload": payload,
        "subscriptions": [subscription]});
    json!({"type": "event", "data": data})
}
