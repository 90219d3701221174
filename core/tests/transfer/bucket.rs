//! A bucket that accepts chunks as Appwrite does: in any order, identified by their start.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::server::{Act, Request, Server};

pub(crate) const CHUNK: usize = 5 * 1024 * 1024;

/// The files of one bucket, and the faults of its requests. Clones share both.
#[derive(Clone, Default)]
pub(crate) struct Bucket {
    files: Arc<Mutex<HashMap<String, File>>>,
    faults: Arc<Mutex<HashMap<u64, VecDeque<Act>>>>,
    /// Whether it belongs to a server before 1.9.5, which has no lock for the chunks of a file.
    unlocked: bool,
}

#[derive(Default)]
struct File {
    total: u64,
    chunks: BTreeMap<u64, Vec<u8>>,
}

impl Bucket {
    /// A bucket of a server before 1.9.5: it accepts other chunks of a file once the first one is stored.
    pub(crate) fn unlocked() -> Self {
        Self { unlocked: true, ..Self::default() }
    }

    pub(crate) async fn serve(&self) -> Server {
        let bucket = self.clone();
        Server::start(move |request| {
            let act = bucket.respond(&request);
            async move { act }
        })
        .await
    }

    /// The next request with this start gets this act and is not handled.
    pub(crate) fn fail(&self, start: usize, act: Act) {
        self.faults.lock().unwrap().entry(start as u64).or_default().push_back(act);
    }

    /// Stores a chunk as an earlier process would have.
    pub(crate) fn put(&self, id: &str, total: usize, start: usize, bytes: &[u8]) {
        let mut files = self.files.lock().unwrap();
        let file = files.entry(id.to_owned()).or_default();
        file.total = total as u64;
        file.chunks.insert(start as u64, bytes.to_vec());
    }

    /// Loses everything.
    pub(crate) fn clear(&self) {
        self.files.lock().unwrap().clear();
    }

    /// The content of the only file.
    pub(crate) fn content(&self) -> Vec<u8> {
        let files = self.files.lock().unwrap();
        assert_eq!(files.len(), 1, "{:?}", files.keys());
        let chunks: Vec<&[u8]> = files.values().next().unwrap().chunks.values().map(Vec::as_slice).collect();
        chunks.concat()
    }

    pub(crate) fn respond(&self, request: &Request) -> Act {
        let start = request.range().map_or(0, |(start, _, _)| start);
        if request.method == "POST"
            && let Some(act) = self.faults.lock().unwrap().get_mut(&start).and_then(VecDeque::pop_front)
        {
            return act;
        }
        let mut files = self.files.lock().unwrap();
        if request.method == "GET" {
            let id = request.path.rsplit('/').next().unwrap();
            return match files.get(id) {
                Some(file) => Act::json(200, &file.describe(id)),
                None => Act::json(404, &json!({"message": "no such file", "type": "storage_file_not_found"})),
            };
        }
        let form = Form::read(request);
        let (start, end, total) = request.range().unwrap_or((0, 0, form.file.len() as u64));
        if request.range().is_some() {
            assert_eq!(form.file.len() as u64, end + 1 - start);
            assert_eq!(start % CHUNK as u64, 0);
        }
        let id = request.header("x-appwrite-id").unwrap_or(&form.fields["fileId"][0]).to_owned();
        assert!(request.range().is_none() || id != "unique()");
        if self.unlocked && request.range().is_some() {
            let error =
                |status, kind| Act::json(status, &json!({"message": "no", "code": status, "type": kind}));
            match files.get(&id) {
                None if end + 1 == total => return error(400, "document_invalid_structure"),
                None if start > 0 => return error(409, "storage_file_already_exists"),
                Some(file) if file.is_finished() => return error(409, "storage_file_already_exists"),
                _ => {}
            }
        }
        let file = files.entry(id.clone()).or_insert_with(|| File { total, ..File::default() });
        let finished = file.is_finished();
        if !finished {
            file.chunks.insert(start, form.file);
        }
        Act::json(if finished { 200 } else { 201 }, &file.describe(&id))
    }
}

impl File {
    fn is_finished(&self) -> bool {
        self.chunks.values().map(|chunk| chunk.len() as u64).sum::<u64>() == self.total
            && !self.chunks.is_empty()
    }

    fn describe(&self, id: &str) -> Value {
        let finished = self.is_finished();
        json!({
            "$id": id,
            "signature": if finished { "5d529fd02b544198ae075bd57c1762bb" } else { "" },
            "sizeOriginal": self.total,
            "chunksTotal": self.total.div_ceil(CHUNK as u64).max(1),
            "chunksUploaded": self.chunks.len(),
        })
    }
}

/// A parsed multipart form.
pub(crate) struct Form {
    pub(crate) fields: HashMap<String, Vec<String>>,
    pub(crate) names: Vec<String>,
    pub(crate) file_head: String,
    pub(crate) file: Vec<u8>,
}

impl Form {
    pub(crate) fn read(request: &Request) -> Self {
        let content_type = request.header("content-type").unwrap();
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        let mut form =
            Form { fields: HashMap::new(), names: Vec::new(), file_head: String::new(), file: Vec::new() };
        let opening = format!("--{boundary}\r\n");
        let closing = format!("\r\n--{boundary}--\r\n");
        let mut rest = request.body.strip_prefix(opening.as_bytes()).unwrap();
        loop {
            let head_end = find(rest, b"\r\n\r\n").unwrap();
            let head = String::from_utf8(rest[..head_end].to_vec()).unwrap();
            let name = head.split("name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            form.names.push(name.clone());
            rest = &rest[head_end + 4..];
            if head.contains("filename=") {
                form.file_head = head;
                form.file = rest.strip_suffix(closing.as_bytes()).unwrap().to_vec();
                return form;
            }
            let end = find(rest, format!("\r\n{opening}").as_bytes()).unwrap();
            form.fields.entry(name).or_default().push(String::from_utf8(rest[..end].to_vec()).unwrap());
            rest = &rest[end + 2 + opening.len()..];
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}
