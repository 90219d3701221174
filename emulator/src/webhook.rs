//! Webhooks: changes go to the URLs that ask for them, one after the other, signed as the server signs them.

use std::{
    collections::{HashMap, VecDeque},
    fmt::Write,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use reqwest::{Client, RequestBuilder, Response, redirect::Policy};
use ring::hmac;
use serde_json::{Map, Value, json};
use tokio::task::JoinHandle;

use crate::{SERVER_VERSION, call::Call, control::has, failure::Failure, pending::Pending, state::State};

/// How long a receiver has.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The failure in a row that switches a webhook off.
const LAST: i64 = 10;

/// How much of a receiver's refusal is written down, in bytes.
const BODY: usize = 16 * 1024;

/// How many deliveries are kept for people to see.
const KEPT: usize = 200;

/// What is on its way, and what was sent of late.
#[derive(Debug, Default)]
pub(crate) struct Webhooks {
    outgoing: Pending<Delivery>,
    sent: Mutex<VecDeque<Sent>>,
}

/// What was sent for a project.
#[derive(Debug)]
struct Sent {
    project: String,
    delivery: Value,
    /// Whether a program that waited for it has it.
    is_taken: bool,
}

/// A change for one webhook.
#[derive(Debug)]
struct Delivery {
    project: String,
    webhook: Value,
    events: Vec<String>,
    /// The user whose call it was; a key is none.
    user: Option<String>,
    body: String,
}

fn collection(project: &str) -> String {
    format!("{project}/resources/webhooks")
}

impl Webhooks {
    /// Whether a project has any.
    pub(crate) fn has(&self, call: &Call) -> bool {
        call.state.store.count_to(&collection(&call.project), 1).is_ok_and(|count| count > 0)
    }

    /// Sends a change to each webhook that asks for one of its events.
    pub(crate) fn send(&self, call: &Call, events: &[String], payload: &Value) {
        let asks = |webhook: &Value| {
            let mut wanted = webhook["events"].as_array().into_iter().flatten().filter_map(Value::as_str);
            webhook["enabled"] != false && wanted.any(|wanted| events.iter().any(|event| event == wanted))
        };
        let webhooks = call.state.store.all(&collection(&call.project)).unwrap_or_default();
        for webhook in webhooks.into_iter().filter(asks) {
            let user = call.caller.user().map(|_| call.caller.user_id().to_owned());
            let (project, events, body) = (call.project.clone(), events.to_vec(), written(payload));
            self.outgoing.add(Delivery { project, webhook, events, user, body });
        }
    }

    /// What was sent of late for a project, newest last.
    pub(crate) fn sent(&self, project: &str) -> Vec<Value> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().filter(|sent| sent.project == project).map(|sent| sent.delivery.clone()).collect()
    }

    /// The oldest delivery with the wanted fields that was not taken before; now it is.
    pub(crate) fn take(&self, project: &str, wanted: &Map<String, Value>) -> Option<Value> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let is_wanted =
            |sent: &&mut Sent| !sent.is_taken && sent.project == project && has(&sent.delivery, wanted);
        let found = sent.iter_mut().find(is_wanted)?;
        found.is_taken = true;
        Some(found.delivery.clone())
    }

    fn keep(&self, project: String, delivery: Value) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() == KEPT {
            sent.pop_front();
        }
        sent.push_back(Sent { project, delivery, is_taken: false });
    }
}

/// JSON as the server writes it: slashes and what is not ASCII escaped.
fn written(payload: &Value) -> String {
    let mut text = String::new();
    for letter in payload.to_string().chars() {
        match letter {
            '/' => text.push_str("\\/"),
            letter if letter.is_ascii() => text.push(letter),
            letter => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a text does not fail.
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text
}

/// Base64 of HMAC-SHA1 over the URL, percent-decoded, and the body.
fn signature(secret: &str, url: &str, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    let mut signed: Vec<u8> = percent_decode_str(url).collect();
    signed.extend_from_slice(body.as_bytes());
    STANDARD.encode(hmac::sign(&key, &signed))
}

/// Delivers what is on its way, as long as the emulator runs.
pub(crate) async fn deliver(state: Arc<State>) {
    let Some(mut waiting) = state.webhooks.outgoing.take() else { return };
    // reqwest speaks https with a provider only; another crate of the program may have installed it.
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let client = |checks: bool| {
        let builder = Client::builder().redirect(Policy::none()).timeout(TIMEOUT).no_proxy();
        builder.tls_danger_accept_invalid_certs(!checks).build()
    };
    let (Ok(strict), Ok(lax)) = (client(true), client(false)) else { return };
    // The last one of each project: those of a project go out one after the other, and wait for no other project's.
    let mut last: HashMap<String, JoinHandle<()>> = HashMap::new();
    while let Some(delivery) = waiting.recv().await {
        last.retain(|_, delivering| !delivering.is_finished());
        let project = delivery.project.clone();
        let (state, before) = (Arc::clone(&state), last.remove(&project));
        let client = if delivery.webhook["tls"] == false { lax.clone() } else { strict.clone() };
        let delivering = tokio::spawn(async move {
            if let Some(before) = before {
                let _ = before.await;
            }
            delivery.deliver(state, &client).await;
        });
        last.insert(project, delivering);
    }
}

impl Delivery {
    async fn deliver(self, state: Arc<State>, client: &Client) {
        if !self.is_wanted(&state) {
            return;
        }
        let signature = self.signature();
        let outcome = self.request(client, &signature).send().await;
        let status = outcome.as_ref().ok().map(|response| response.status().as_u16());
        let problem = match outcome {
            // A redirect counts as received; it is not followed.
            Ok(response) if response.status().as_u16() < 400 => None,
            Ok(response) => Some(format!(
                "Status code: {}\nBody: \n{}\n",
                response.status().as_u16(),
                beginning(response).await
            )),
            Err(problem) => Some(format!("Error: {problem}\n")),
        };
        let record = json!({
            "at": state.now_in(&self.project), "webhookId": self.webhook["$id"], "url": self.webhook["url"],
            "event": self.events.first(), "signature": signature, "status": status, "problem": problem,
            "body": self.body,
        });
        let kept = tokio::task::spawn_blocking(move || {
            // A webhook that was deleted meanwhile has nothing to write down.
            let _ = self.count(&state, problem);
            state.webhooks.keep(self.project, record);
        });
        let _ = kept.await;
    }

    /// Whether the webhook is still there and on: many failures in a row may have switched it off meanwhile.
    fn is_wanted(&self, state: &State) -> bool {
        let webhook = state.store.get(&collection(&self.project), self.field("$id"));
        webhook.ok().flatten().is_some_and(|webhook| webhook["enabled"] != false)
    }

    fn field(&self, name: &str) -> &str {
        self.webhook[name].as_str().unwrap_or_default()
    }

    fn signature(&self) -> String {
        signature(self.field("secret"), self.field("url"), &self.body)
    }

    fn request(&self, client: &Client, signature: &str) -> RequestBuilder {
        let mut request = client
            .post(self.field("url"))
            .header("user-agent", format!("Appwrite-Server v{SERVER_VERSION} (polywrite-emulator)"))
            .header("content-type", "application/json")
            .header("x-appwrite-webhook-id", self.field("$id"))
            .header("x-appwrite-webhook-events", self.events.join(","))
            .header("x-appwrite-webhook-name", self.field("name").as_bytes())
            .header("x-appwrite-webhook-project-id", &self.project)
            .header("x-appwrite-webhook-signature", signature);
        if let Some(user) = &self.user {
            request = request.header("x-appwrite-webhook-user-id", user);
        }
        let (name, password) = (self.field("authUsername"), self.field("authPassword"));
        if !name.is_empty() || !password.is_empty() {
            request = request.basic_auth(name, Some(password));
        }
        request.body(self.body.clone())
    }

    /// Counts failures in a row, and switches the webhook off after many.
    fn count(&self, state: &State, problem: Option<String>) -> Result<(), Failure> {
        let _writing = state.writing();
        let collection = collection(&self.project);
        let Some(mut webhook) = state.store.get(&collection, self.field("$id"))? else { return Ok(()) };
        let attempts = problem.as_ref().map_or(0, |_| webhook["attempts"].as_i64().unwrap_or_default() + 1);
        if attempts == 0 && webhook["attempts"].as_i64().unwrap_or_default() == 0 {
            return Ok(());
        }
        webhook["attempts"] = json!(attempts);
        if let Some(problem) = problem {
            webhook["logs"] = json!(format!("URL: {}\nMethod: POST\n{problem}", self.field("url")));
        }
        if attempts >= LAST {
            webhook["enabled"] = json!(false);
        }
        state.store.put(&collection, self.field("$id"), &webhook)
    }
}

/// How a body begins, which need not end.
async fn beginning(mut response: Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < BODY
        && let Ok(Some(piece)) = response.chunk().await
    {
        bytes.extend_from_slice(&piece);
    }
    bytes.truncate(BODY);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_written_and_signed_as_the_server_does() {
        let name = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/recordings-flows/webhooks");
        let mut checked = 0;
        for entry in std::fs::read_dir(name).unwrap() {
            let recorded: Value = std::fs::read_to_string(entry.unwrap().path()).unwrap().parse().unwrap();
            let Some(body) = recorded["request"]["body"].as_str() else { continue };
            // In place of a session's secret stands a word, so the signature is of another body.
            if body.contains("SECRET_") {
                continue;
            }
            let webhook = &recorded["webhook"];
            let (secret, url) = (webhook["secret"].as_str().unwrap(), webhook["url"].as_str().unwrap());
            let headers = recorded["request"]["headers"].as_array().unwrap();
            let sent = headers.iter().find(|header| header[0] == "X-Appwrite-Webhook-Signature").unwrap();
            assert_eq!(signature(secret, url, body), sent[1]);
            assert_eq!(written(&body.parse().unwrap()).len(), body.len());
            checked += 1;
        }
        assert!(checked > 0);
        assert_eq!(written(&json!("a/é😀")), r#""a\/\u00e9\ud83d\ude00""#);
    }
}
