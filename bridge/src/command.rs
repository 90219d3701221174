//! Commands: all that a language has the core do with a client, in one form.

use polywrite::{Client, Error, Result, UploadSession};
use serde::Deserialize;
use serde_json::Value;

use crate::file::{Content, File};
use crate::flows::Step;
use crate::given::{Given, upload_options};
use crate::lists;
use crate::outcome::{Outcome, Reading};
use crate::request::Request;
use crate::transferred::{Report, Transferred};

/// What a command says before its end.
#[derive(Debug)]
pub enum Note {
    /// How far a transfer is, a status that is waited for, or the place behind a page, as JSON text.
    Progress(String),
    /// The next piece of a file is wanted.
    Wanted,
}

/// A call with what it does beside sending parameters and reading a response.
pub struct Command {
    given: Given,
    kind: Kind,
    content: Option<Content>,
    session: Option<UploadSession>,
}

/// What a command does, as its record says it in JSON: `"stream"`, `{"save":{"reports":true}}`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Kind {
    /// Reads the whole response.
    #[default]
    Call,
    /// Leaves the body of the response to be read piece by piece.
    Stream,
    /// Writes the body of the response to the file whose path is the content.
    Save { reports: bool },
    /// Sends a file, which is the content; to a method and path that no operation was named for, if there are any.
    Upload { name: Option<String>, mime_type: Option<String>, reports: bool, to: Option<(String, String)> },
    /// Reads the page of a list that begins at a place.
    Page { size: Option<Value>, place: Option<Value> },
    /// Waits until something is ready, for so many milliseconds.
    Wait { id: String, timeout: Option<Value>, reports: bool },
    /// Sends a request that no operation describes; its headers are among the options.
    Request { method: String, path: String, reading: Reading },
    /// Takes a step of work that takes several.
    #[serde(untagged)]
    Step(Step),
}

impl Command {
    /// Reads the record of a command; an empty text is that of a call.
    ///
    /// # Errors
    /// `Argument` for a record of no known command.
    pub fn read(given: Given, record: &str) -> Result<Self> {
        let kind = if record.is_empty() { Ok(Kind::Call) } else { serde_json::from_str(record) };
        let kind = kind.map_err(|cause| given.named(Error::argument(format!("unknown command: {cause}"))))?;
        Ok(Self { given, kind, content: None, session: None })
    }

    /// With the file that it sends, or the path of the one that it writes.
    #[must_use]
    pub fn with_file(mut self, content: Option<Content>, session: Option<UploadSession>) -> Self {
        (self.content, self.session) = (content, session);
        self
    }

    /// Runs the command, which may have something to tell before its end.
    ///
    /// # Errors
    /// As the methods of [`Given`], [`Request::send`] and [`Client::upload_to`].
    pub async fn run(
        self,
        client: Client,
        tell: impl Fn(Note) + Clone + Send + Sync + 'static,
    ) -> Result<Outcome> {
        let Self { given, kind, content, session } = self;
        let teller = tell.clone();
        let report = move |moved: Transferred| teller(Note::Progress(moved.to_json()));
        // All but calls stand on the heap, or calls would be as large as they.
        match (kind, content) {
            (Kind::Call, _) => given.call(client).await,
            (Kind::Stream, _) => Ok(Outcome::Stream(Box::pin(given.stream(client)).await?)),
            (Kind::Save { reports }, Some(Content::Path(path))) => {
                let report = reports.then(|| Box::new(report) as Report);
                Box::pin(given.save(client, path, report)).await
            }
            (Kind::Upload { name, mime_type, reports, to }, Some(content)) => {
                let report = reports.then(|| Box::new(report) as Report);
                let file = File { content, name, mime_type }.source(move || tell(Note::Wanted));
                let Some((method, path)) = to else {
                    return Box::pin(given.upload(client, file, session.as_ref(), report)).await;
                };
                let options = upload_options(given.options, session.as_ref(), report);
                let sent = client.upload_to(&method, &path, given.params, file, options);
                Outcome::of(Box::pin(sent).await?)
            }
            (Kind::Step(step), _) => Box::pin(step.run(given, client)).await,
            (Kind::Page { size, place }, _) => {
                let tell = move |place| tell(Note::Progress(place));
                Box::pin(lists::page(given, client, size, place, tell)).await
            }
            (Kind::Wait { id, timeout, reports }, _) => {
                let tell = reports.then_some(move |status| tell(Note::Progress(status)));
                Box::pin(lists::ready(given, client, &id, timeout, tell)).await
            }
            (Kind::Request { method, path, reading }, _) => {
                let (headers, params) = (given.options.headers, given.params);
                Box::pin(Request { method, path, headers, params, reading }.send(client)).await
            }
            (Kind::Save { .. } | Kind::Upload { .. }, _) => {
                Err(given.named(Error::argument("the file is missing")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use polywrite::{Client, ErrorKind};

    use super::Command;
    use crate::file::Content;
    use crate::given::{Given, operation};

    fn read(id: &str, record: &str) -> polywrite::Result<Command> {
        Command::read(Given::from_json(operation(id)?, "", "")?, record)
    }

    #[test]
    fn a_record_says_what_a_command_does() {
        for (id, record) in [
            ("users.get", ""),
            ("storage.getFileDownload", r#""stream""#),
            ("storage.getFileDownload", r#"{"save":{"reports":false}}"#),
            ("storage.createFile", r#"{"upload":{"name":"a","mimeType":"text/plain","reports":true}}"#),
            ("tablesDB.listRows", r#"{"page":{}}"#),
            ("tablesDB.getColumn", r#"{"wait":{"id":"tablesDB.waitForColumn","reports":true}}"#),
            ("client.request", r#"{"request":{"method":"GET","path":"/","reading":"location"}}"#),
        ] {
            read(id, record).unwrap();
        }
        for record in ["{", r#""fly""#, r#"{"save":{}}"#] {
            let error = read("users.get", record).err().unwrap();
            assert_eq!(error.kind(), ErrorKind::Argument);
            assert!(error.to_string().starts_with("users.get: unknown command: "), "{error}");
        }
    }

    #[test]
    fn files_are_neither_sent_nor_written_without_a_content() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let upload = r#"{"upload":{"name":"a","reports":false}}"#;
        for (record, content) in
            [(upload, None), (r#"{"save":{"reports":false}}"#, Some(Content::Bytes("a".into())))]
        {
            let command = read("storage.createFile", record).unwrap().with_file(content, None);
            let error = runtime.block_on(command.run(Client::new(), |_| ())).unwrap_err();
            assert_eq!(error.to_string(), "storage.createFile: the file is missing");
        }
    }
}
