//! A server that webhooks are sent to.

use axum::{
    Router,
    http::{HeaderMap, StatusCode, Uri},
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};

pub(crate) type Received = (Uri, HeaderMap, String);

/// A server that keeps what it is sent, and responds with a status.
pub(crate) async fn receiver(status: StatusCode) -> (String, UnboundedReceiver<Received>) {
    let (sender, received) = unbounded_channel();
    let router = Router::new().fallback(move |uri: Uri, headers: HeaderMap, body: String| {
        let _ = sender.send((uri, headers, body));
        async move { status }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = TowerToHyperService::new(router.clone());
            tokio::spawn(async move {
                let builder = Builder::new(TokioExecutor::new());
                let _ = builder.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
    (url, received)
}
