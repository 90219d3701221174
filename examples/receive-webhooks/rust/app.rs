//! Receives webhooks with axum.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use polywrite::models::Row;
use polywrite::{ErrorKind, Webhook};

#[derive(serde::Deserialize)]
struct Order {
    total: f64,
}

/// The routes of a webhook: `Webhook::new` takes the URL that is registered in Appwrite, and its secret.
pub fn app(webhook: Webhook) -> Router {
    Router::new().route("/hooks/orders", post(orders)).with_state(webhook)
}

// `Bytes` and not `Json`: the signature is that of the body as it arrived. Appwrite waits up to 15 seconds and does not
// send the event again: do long work afterwards.
async fn orders(
    State(webhook): State<Webhook>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<String, StatusCode> {
    let refused = |error: polywrite::Error| match error.kind() {
        ErrorKind::Unauthorized => StatusCode::UNAUTHORIZED,
        _ => StatusCode::BAD_REQUEST,
    };
    let event = webhook.parse(&headers, &body).map_err(refused)?;
    if event.model() != Some("Row") {
        return Ok(format!("{}: ignored", event.events()[0]));
    }
    let order: Row<Order> = event.payload().map_err(refused)?;
    Ok(format!("{}: {}", order.id, order.data.total))
}
