//! Chunks as servers before 1.9.5 take them: without a lock for the file.

use std::{thread, time::Duration};

use serde_json::Value;

use super::files;
use crate::{call::Call, failure::Failure};

/// How long such a server stores a chunk before it records the file.
const STORING: Duration = Duration::from_millis(15);

/// Refuses a chunk as such a server does; the first one makes the file.
///
/// It knows how many chunks there are from the file's record, and of a chunk that is not the last one. What is sent beside
/// the first chunk finds no record: the last one is refused (400), another one makes a second record (409).
pub(super) fn admit(call: &Call, id: &str, is_last: bool, draft: &Value) -> Result<(), Failure> {
    let collection = files::collection(call);
    if let Some(file) = call.state.store.get(&collection, id)? {
        return if file["chunksUploaded"] == file["chunksTotal"] {
            Err(files::already_there())
        } else {
            Ok(())
        };
    }
    thread::sleep(STORING);
    if is_last {
        return Err(Failure::new(
            400,
            "document_invalid_structure",
            "Invalid document structure: Attribute \"chunksTotal\" has invalid type. Value must be a valid range between \
             0 and 2,147,483,647",
        ));
    }
    let _writing = call.state.writing();
    if call.state.store.insert(&collection, id, draft)? { Ok(()) } else { Err(files::already_there()) }
}
