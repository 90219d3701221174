//! Commands: all that a language has the core do with a client, in one form.

use std::sync::Arc;

use polywrite::{Client, Error, Result, UnfinishedCall, UploadSession};
use serde::Deserialize;
use serde_json::Value;

use crate::file::{Content, File};
use crate::given::Given;
use crate::note::{Note, Notes};
use crate::outcome::{Ended, Outcome, Reading};
use crate::realtime::Listening;
use crate::several::{self, Files};
use crate::step::Step;
use crate::watch::{Heard, Watch, Watched};
use crate::{lists, transfer};

/// A call with what it does beside sending parameters and reading a response.
pub struct Command {
    given: Given,
    kind: Kind,
    watch: Option<Watch>,
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
    /// Writes the body of the response to the file whose path is the content, over so many connections.
    Save { reports: bool, parallel: Option<Value> },
    /// Sends a file, which is the content; to a method and path that no operation was named for, if there are any.
    Upload { name: Option<String>, mime_type: Option<String>, reports: bool, to: Option<(String, String)> },
    /// Sends files from disk.
    Uploads(Files),
    /// Fetches files to disk.
    Downloads(Files),
    /// Reads the page of a list that begins at a place.
    Page { size: Option<Value>, place: Option<String> },
    /// Waits until something is ready, for so many milliseconds.
    Wait { id: String, timeout: Option<Value>, reports: bool },
    /// Sends a request that no operation describes; its headers are among the options.
    Request { method: String, path: String, reading: Reading },
    /// Takes a step of work that takes several.
    #[serde(untagged)]
    Step(Step),
    /// Listens to events.
    #[serde(untagged)]
    Listening(Listening),
}

impl Kind {
    fn read(record: &str) -> Result<(Self, Option<Watch>)> {
        let unknown = |cause| Error::argument(format!("unknown command: {cause}"));
        let kind = |record: &str| {
            if record.is_empty() { Ok(Kind::Call) } else { serde_json::from_str(record).map_err(unknown) }
        };
        if !record.starts_with(r#"{"watch":"#) {
            return Ok((kind(record)?, None));
        }
        let Watched { watch } = serde_json::from_str(record).map_err(unknown)?;
        Ok((kind(watch.command.as_ref().map_or("", |command| command.get()))?, Some(watch)))
    }

    /// Announces to transactions what is about to run: the order in which a program begins commands counts there, and not the
    /// order in which they come to run.
    fn announced(&self, client: &Client) -> UnfinishedCall {
        if let Kind::Step(step) = self {
            step.announce();
        }
        client.expect_call()
    }

    /// Where what is heard of it gathers: with the work that it is a step of.
    fn heard(&self) -> Arc<Heard> {
        let of_work = if let Kind::Step(step) = self { step.heard() } else { None };
        of_work.unwrap_or_default()
    }
}

impl Command {
    /// Reads the record of a command; an empty text is that of a call.
    ///
    /// # Errors
    /// `Argument` for a record of no known command, and for parameters that JSON cannot express.
    pub fn read(given: Given, record: &str) -> Result<Self> {
        Self::of(given, Kind::read(record))
    }

    fn of(given: Given, kind: Result<(Kind, Option<Watch>)>) -> Result<Self> {
        if let Some(refusal) = given.params.refusal() {
            return Err(given.named(Error::argument(refusal)));
        }
        let (kind, watch) = kind.map_err(|error| given.named(error))?;
        Ok(Self { given, kind, watch, content: None, session: None })
    }

    /// With the file that it sends, or the path of the one that it writes.
    #[must_use]
    pub fn with_file(mut self, content: Option<Content>, session: Option<UploadSession>) -> Self {
        (self.content, self.session) = (content, session);
        self
    }

    /// Runs the command, which may send notes before its end.
    ///
    /// # Errors
    /// As the methods of the client.
    pub fn run(
        self,
        client: Client,
        note: impl Fn(Note) + Send + Sync + 'static,
    ) -> impl Future<Output = Result<Outcome>> + Send + 'static {
        let ended = Self::announced(self.kind.announced(&client), client, || Ok(self), note);
        async { ended.await.map(|(outcome, _)| outcome) }
    }

    /// As [`run`](Self::run), for a command whose parameters are read where it runs.
    ///
    /// # Errors
    /// Those of `given`, `Argument` for a record of no known command, and as [`run`](Self::run).
    pub fn read_and_run(
        client: Client,
        record: &str,
        given: impl FnOnce() -> Result<Given> + Send + 'static,
        (content, session): (Option<Content>, Option<UploadSession>),
        note: impl Fn(Note) + Send + Sync + 'static,
    ) -> impl Future<Output = Result<Ended>> + Send + 'static {
        let kind = Kind::read(record);
        let unfinished = kind.as_ref().map(|(kind, _)| kind.announced(&client)).unwrap_or_default();
        let command = move || Ok(Self::of(given()?, kind)?.with_file(content, session));
        Self::announced(unfinished, client, command, note)
    }

    async fn announced(
        unfinished: UnfinishedCall,
        client: Client,
        command: impl FnOnce() -> Result<Self>,
        note: impl Fn(Note) + Send + Sync + 'static,
    ) -> Result<Ended> {
        let _unfinished = unfinished;
        match command()? {
            Self { given, kind: Kind::Call, watch: None, .. } => transfer::call(given, client).await,
            // On the heap, or calls would be as large as the others.
            command => Box::pin(command.perform(client, Arc::new(note))).await,
        }
    }

    async fn perform(self, client: Client, notes: Notes) -> Result<Ended> {
        let Some(watch) = &self.watch else { return self.execute(client, notes, Arc::default()).await };
        let (heard, response) = (self.kind.heard(), watch.response);
        heard.pass_to(Some(notes.clone()));
        let client = watch.watched(client, &heard);
        let ended = self.execute(client, notes, heard.clone()).await;
        if let Ok((_, Some(info))) = &ended
            && response
        {
            heard.add("response", &info.record());
        }
        heard.pass(Note::Later);
        heard.pass_to(None);
        ended
    }

    async fn execute(self, client: Client, notes: Notes, heard: Arc<Heard>) -> Result<Ended> {
        let Self { given, kind, content, session, .. } = self;
        let note = move |note| notes(note);
        // All but calls stand on the heap, or watched calls would be as large as they.
        match (kind, content) {
            (Kind::Call, _) => transfer::call(given, client).await,
            (Kind::Stream, _) => Box::pin(transfer::stream(given, client)).await,
            (Kind::Save { reports, parallel }, Some(Content::Path(path))) => {
                Box::pin(transfer::save(given, client, path, parallel, reports.then_some(note))).await
            }
            (Kind::Upload { name, mime_type, reports, to }, Some(content)) => {
                let report = reports.then(|| note.clone());
                let file = File { content, name, mime_type }.source(move || note(Note::Wanted));
                Box::pin(transfer::upload(given, client, file, to, session, report)).await
            }
            (Kind::Uploads(files), _) => Box::pin(several::uploads(given, client, files, note)).await,
            (Kind::Downloads(files), _) => Box::pin(several::downloads(given, client, files, note)).await,
            (Kind::Step(step), _) => Ok((Box::pin(step.run(given, client, heard)).await?, None)),
            (Kind::Listening(listening), _) => {
                Ok((Box::pin(listening.run(given.operation, client)).await?, None))
            }
            (Kind::Page { size, place }, _) => Box::pin(lists::page(given, client, size, place, note)).await,
            (Kind::Wait { id, timeout, reports }, _) => {
                Box::pin(lists::ready(given, client, &id, timeout, reports.then_some(note))).await
            }
            (Kind::Request { method, path, reading }, _) => {
                Box::pin(transfer::request(given, client, method, path, reading)).await
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
            (
                "storage.createFile",
                r#"{"uploads":{"files":[{"params":{"fileId":"f"},"path":"a"}],"reports":false}}"#,
            ),
            ("tablesDB.listRows", r#"{"page":{}}"#),
            ("tablesDB.getColumn", r#"{"wait":{"id":"tablesDB.waitForColumn","reports":true}}"#),
            ("users.get", r#"{"watch":{"response":true,"hooks":["beforeRetry"],"log":""}}"#),
            ("storage.getFileDownload", r#"{"watch":{"command":"stream","response":true}}"#),
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
    fn parameters_that_json_cannot_express_are_refused_before_the_command_runs() {
        let create = operation("tablesDB.createRows").unwrap();
        let mut given = Given::from_json(create, "", "").unwrap();
        given.params.set("rows", &[f64::NAN]);
        let error = Command::read(given, r#"{"push":{"number":1}}"#).err().unwrap();
        assert_eq!(error.to_string(), "tablesDB.createRows: `rows[0]` is NaN, which JSON cannot write");
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
