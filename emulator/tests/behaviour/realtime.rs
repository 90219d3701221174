//! Connections of realtime that ask for odd things, or do not listen.

use std::time::Duration;

use polywrite_emulator::Emulator;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
};

use crate::caller::{ROWS, start};

/// Asks for a connection of realtime.
async fn connect(emulator: &Emulator, query: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(([127, 0, 0, 1], emulator.port()).into()).await.unwrap();
    let request = format!(
        "GET /v1/realtime?project=demo&{query} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// What comes until the connection is there, or has ended.
async fn opened(stream: &mut TcpStream) -> String {
    let mut come = Vec::new();
    let reading = async {
        while !String::from_utf8_lossy(&come).contains("connected") {
            if stream.read_buf(&mut come).await.unwrap_or_default() == 0 {
                break;
            }
        }
    };
    // What hung took minutes, so the limit does not depend on speed.
    let _ = tokio::time::timeout(Duration::from_secs(60), reading).await;
    String::from_utf8_lossy(&come).into_owned()
}

#[tokio::test]
async fn subscriptions_may_have_any_numbers() {
    let (emulator, _root) = start().await;
    let query = "%7B%22method%22:%22equal%22,%22attribute%22:%22count%22,%22values%22:[1]%7D";
    for number in [0, 7, 99_999_999_999, usize::MAX] {
        let mut stream = connect(&emulator, &format!("channels[]=rows&rows[{number}][]={query}")).await;
        let come = opened(&mut stream).await;
        assert!(come.contains("\"connected\""), "{number}: {come}");
    }
}

#[tokio::test]
async fn the_connection_of_a_client_that_does_not_read_ends() {
    let (emulator, root) = start().await;
    root.table(false, json!(["read(\"any\")"])).await;
    root.column("t", "string", json!({"key": "text", "size": 9000})).await;
    let mut stream = connect(&emulator, "channels[]=rows").await;
    opened(&mut stream).await;
    // More than the sockets and the emulator keep for it.
    let text = "x".repeat(8000);
    for _ in 0..40 {
        let rows: Vec<_> = (0..100).map(|_| json!({"$id": "unique()", "text": text})).collect();
        root.post(ROWS, json!({ "rows": rows })).await;
    }
    let rest = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut Vec::new())).await;
    assert!(rest.is_ok(), "it goes on");
}
