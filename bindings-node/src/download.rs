//! Calls whose bytes come piece by piece, or go into a file.

use std::sync::Arc;

use napi::Env;
use napi_derive::napi;
use polywrite::{Download, DownloadOptions, DownloadProgress};
use tokio::sync::Mutex;

use crate::call::read;
use crate::client::NativeClient;
use crate::runtime::{Event, Manner, Queue, runtime};

#[napi]
impl NativeClient {
    /// Makes a call whose event is a `NativeStream`.
    #[napi]
    pub fn download(&self, env: &Env, operation: u32, params: String, options: String) -> u32 {
        let client = self.client.clone();
        let queue = Arc::clone(&self.queue);
        self.queue.start(env, self.queue.next_id(), Manner::Cancellable, async move {
            let (operation, params, options) = read(operation, &params, &options)?;
            let download = client.download(operation, params, options).await?;
            Ok(Event::Stream(NativeStream { body: Arc::new(Mutex::new(Some(download))), queue }))
        })
    }

    /// Makes a call whose bytes go into a file. Before its end come events of progress, when `told`.
    #[napi]
    pub fn download_to(
        &self,
        env: &Env,
        operation: u32,
        params: String,
        options: String,
        path: String,
        told: bool,
    ) -> u32 {
        let id = self.queue.next_id();
        let client = self.client.clone();
        let queue = Arc::clone(&self.queue);
        self.queue.start(env, id, Manner::Cancellable, async move {
            let (operation, params, options) = read(operation, &params, &options)?;
            let mut download = DownloadOptions::new().call(options);
            if told {
                download = download.on_progress(move |progress| report(&queue, id, &progress));
            }
            client.download_to(operation, params, path, download).await?;
            Ok(Event::End)
        })
    }
}

fn report(queue: &Arc<Queue>, id: u32, progress: &DownloadProgress) {
    if let Ok(text) = serde_json::to_string(progress) {
        queue.push(id, Event::Progress(text));
    }
}

/// The body of an answer, on its way.
#[napi]
pub struct NativeStream {
    body: Arc<Mutex<Option<Download>>>,
    queue: Arc<Queue>,
}

#[napi]
impl NativeStream {
    /// Asks for the next piece: an event of bytes, or of the end.
    #[napi]
    pub fn next(&self, env: &Env) -> u32 {
        let body = Arc::clone(&self.body);
        self.queue.start(env, self.queue.next_id(), Manner::Cancellable, async move {
            let mut body = body.lock().await;
            let piece = match &mut *body {
                Some(download) => download.chunk().await?,
                None => None,
            };
            Ok(piece.map_or(Event::End, Event::Bytes))
        })
    }

    /// Gives the download up.
    #[napi]
    pub fn close(&self) {
        let body = Arc::clone(&self.body);
        // Without a runtime there is no download either.
        if let Ok(runtime) = runtime() {
            runtime.spawn(async move { drop(body.lock().await.take()) });
        }
    }
}
