//! Commands: all that a language has the core do with a client, in one form.

use std::sync::Arc;

use polywrite::{Client, Error, Operation, Result, UnfinishedCall};
use serde::Deserialize;
use serde_json::Value;

use crate::error::internal;
use crate::file::{Attached, Content, File};
use crate::given::Given;
use crate::news::Heard;
use crate::note::{Note, Notes};
use crate::outcome::{Ended, Reading};
use crate::realtime::Listening;
use crate::schema::{self, Schema};
use crate::several::{self, Files};
use crate::step::Step;
use crate::watch::{Gathered, Watch, Watched};
use crate::{lists, transfer};

/// A call with what it does beside sending parameters and reading a response.
struct Command {
    given: Given,
    kind: Kind,
    watch: Option<Watch>,
    attached: Attached,
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
    /// Compares the server with a file that says a schema, or brings it to that.
    Schema(Schema),
    /// Takes a step of work that takes several.
    #[serde(untagged)]
    Step(Step),
    /// Listens to events.
    #[serde(untagged)]
    Listening(Listening),
}

impl Kind {
    fn read(record: &str) -> Result<(Self, Option<Watch>)> {
        if record.is_empty() {
            return Ok((Kind::Call, None));
        }
        if !record.starts_with(r#"{"watch":"#) {
            return Ok((Kind::of_json(record)?, None));
        }
        let Watched { watch } = serde_json::from_str(record).map_err(Kind::unknown)?;
        let kind = watch.command.as_ref().map_or(Ok(Kind::Call), |command| Kind::of_json(command.get()))?;
        Ok((kind, Some(watch)))
    }

    // In wasm a function is compiled when it is called first: a plain call has to wait for the readers of no other command.
    #[inline(never)]
    fn of_json(record: &str) -> Result<Self> {
        serde_json::from_str(record).map_err(Kind::unknown)
    }

    fn unknown(cause: serde_json::Error) -> Error {
        Error::argument(format!("unknown command: {cause}"))
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
    fn heard(&self) -> Arc<Gathered> {
        let of_work = if let Kind::Step(step) = self { step.heard() } else { None };
        of_work.unwrap_or_default()
    }
}

/// The span of the command of a record, as JSON text; none for a step of work that takes several commands, which has a
/// span of its own.
///
/// # Errors
/// `Argument` when there is no such operation, and for a record of no known command.
pub fn span_of(client: &Client, operation: Result<&Operation>, record: &str) -> Result<Option<String>> {
    let operation = operation?;
    if matches!(Kind::read(record)?.0, Kind::Step(_) | Kind::Listening(_)) {
        return Ok(None);
    }
    serde_json::to_string(&client.span_of(operation)).map(Some).map_err(|_| internal())
}

/// Runs the command of a record, which may send notes before its end; an empty record is that of a call. What is given to
/// it is read where the command runs.
///
/// # Errors
/// Those of `given`, `Argument` for a record of no known command, and as the methods of the client.
pub fn perform<G: FnOnce() -> Result<Given> + Send + 'static>(
    client: Client,
    record: &str,
    given: G,
    attached: Attached,
    notes: Notes,
) -> impl Future<Output = Result<Ended>> + Send + use<G> {
    let read = Kind::read(record);
    let unfinished = read.as_ref().map(|(kind, _)| kind.announced(&client)).unwrap_or_default();
    let command = move || {
        let given = given()?;
        let (kind, watch) = read.map_err(|error| given.named(error))?;
        Ok(Command { given, kind, watch, attached })
    };
    async move {
        let _unfinished = unfinished;
        match command()? {
            // On the heap: each layer above would copy the future once more, which with 64 calls at a time costs a third of a call.
            Command { given, kind: Kind::Call, watch: None, .. } => {
                Box::pin(transfer::call(given, client)).await
            }
            command => Box::pin(command.perform(client, notes)).await,
        }
    }
}

impl Command {
    async fn perform(self, client: Client, notes: Notes) -> Result<Ended> {
        let Some(watch) = &self.watch else { return self.execute(client, notes, Arc::default()).await };
        let (heard, response) = (self.kind.heard(), watch.response);
        heard.pass_to(Some(notes.clone()));
        let client = watch.watched(client, &heard);
        let ended = self.execute(client, notes, heard.clone()).await;
        if let Ok((_, Some(info))) = &ended
            && response
        {
            heard.add(Heard::record("response", &info.record()));
        }
        heard.pass(true);
        heard.pass_to(None);
        ended
    }

    async fn execute(self, client: Client, notes: Notes, heard: Arc<Gathered>) -> Result<Ended> {
        let Self { given, kind, attached: Attached { content, session }, .. } = self;
        let note = move |note| notes(note);
        // Each stands on the heap, or all would be as large as the largest.
        match (kind, content) {
            (Kind::Call, _) => Box::pin(transfer::call(given, client)).await,
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
            (Kind::Schema(schema), _) => Box::pin(schema::schema(given, client, schema, note)).await,
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
    use std::sync::Arc;

    use polywrite::{Client, ErrorKind, Result};

    use super::{Kind, perform, span_of};
    use crate::file::{Attached, Content};
    use crate::given::{Given, operation};
    use crate::outcome::Ended;
    use crate::runtime::block_on;

    fn run(given: Given, record: &str, content: Option<Content>) -> Result<Ended> {
        let attached = Attached { content, session: None };
        block_on(perform(Client::new(), record, || Ok(given), attached, Arc::new(|_| ())))?
    }

    #[test]
    fn a_record_says_what_a_command_does() {
        for record in [
            "",
            r#""stream""#,
            r#"{"save":{"reports":false}}"#,
            r#"{"upload":{"name":"a","mimeType":"text/plain","reports":true}}"#,
            r#"{"uploads":{"files":[{"params":{"fileId":"f"},"path":"a"}],"reports":false}}"#,
            r#"{"page":{}}"#,
            r#"{"wait":{"id":"tablesDB.waitForColumn","reports":true}}"#,
            r#"{"watch":{"response":true,"hooks":["beforeRetry"],"log":""}}"#,
            r#"{"watch":{"command":"stream","response":true}}"#,
            r#"{"request":{"method":"GET","path":"/","reading":"location"}}"#,
            r#"{"schema":{"path":"polywrite.toml","rename":["films.yeer=year"]}}"#,
            r#"{"schema":{"path":"polywrite.toml","push":{"allowDestroy":true,"timeout":60,"reports":true}}}"#,
        ] {
            Kind::read(record).unwrap();
        }
        for record in ["{", r#""fly""#, r#"{"save":{}}"#] {
            let get = Given::from_json(operation("users.get").unwrap(), "", "").unwrap();
            let error = run(get, record, None).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Argument);
            assert!(error.to_string().starts_with("users.get: unknown command: "), "{error}");
        }
    }

    #[test]
    fn steps_and_subscriptions_have_no_span_of_their_own() {
        for (record, expected) in [
            ("", true),
            (r#""stream""#, true),
            (r#"{"page":{}}"#, true),
            (r#"{"settle":{"number":1}}"#, false),
            (r#"{"mute":{"number":1}}"#, false),
        ] {
            let span = span_of(&Client::new(), operation("users.get"), record).unwrap();
            assert_eq!(span.is_some(), expected, "{record}");
        }
        span_of(&Client::new(), operation("users.get"), r#""fly""#).unwrap_err();
    }

    #[test]
    fn files_are_neither_sent_nor_written_without_a_content() {
        let upload = r#"{"upload":{"name":"a","reports":false}}"#;
        for (record, content) in
            [(upload, None), (r#"{"save":{"reports":false}}"#, Some(Content::Bytes("a".into())))]
        {
            let create = Given::from_json(operation("storage.createFile").unwrap(), "", "").unwrap();
            let error = run(create, record, content).unwrap_err();
            assert_eq!(error.to_string(), "storage.createFile: the file is missing");
        }
    }
}
