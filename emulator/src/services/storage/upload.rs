//! Uploads: whole files, and chunks in any order.

use serde_json::{Value, json};

use super::{
    buckets,
    disk::{self, CHUNK},
    files, kinds, unlocked,
};
use crate::{
    Like,
    auth::permission,
    call::Call,
    clock,
    failure::Failure,
    http::multipart::Upload,
    params::is_id,
    response::{Handled, Response},
    services::public,
};

/// The longest name of a file, in characters.
const LONGEST_NAME: usize = 2048;

pub(super) fn create(call: &Call) -> Handled {
    let bucket = buckets::find(call)?;
    if !call.caller.is_key() {
        permission::require(&bucket["$permissions"], "create", &call.caller.roles())?;
    }
    let permissions = files::permissions(call)?;
    let upload = call
        .upload
        .as_ref()
        .ok_or_else(|| Failure::new(400, "storage_file_empty", "Empty file passed to the endpoint."))?;
    if upload.name.is_empty() {
        return Err(Failure::new(
            403,
            "storage_invalid_file",
            "The uploaded file is invalid. Please check the file and try again.",
        ));
    }
    if upload.name.chars().count() > LONGEST_NAME {
        let rule = format!("Value must be a valid string and no longer than {LONGEST_NAME} chars");
        let message = format!("Invalid document structure: Attribute \"name\" has invalid type. {rule}");
        return Err(Failure::new(400, "document_invalid_structure", message));
    }
    require_extension(&bucket, &upload.name)?;
    let (range, id) = match call.header("content-range") {
        Some(header) => (Some(range(header)?), id_in_header(call)?.unwrap_or_else(|| call.new_id("fileId"))),
        None => (None, call.new_id("fileId")),
    };
    let total = range.map_or(upload.content.len() as u64, |(_, total)| total);
    if total > bucket["maximumFileSize"].as_u64().unwrap_or(u64::MAX) {
        return Err(Failure::new(400, "storage_invalid_file_size", "File size not allowed"));
    }
    let request = Request { call, bucket: &bucket, id: &id, upload, permissions };
    match range {
        None => request.whole(),
        Some((start, total)) => request.chunk(start, total),
    }
}

fn require_extension(bucket: &Value, name: &str) -> Result<(), Failure> {
    let allowed = bucket["allowedFileExtensions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let fits =
        |allowed: &Value| allowed.as_str().is_some_and(|allowed| allowed.eq_ignore_ascii_case(extension));
    if allowed.is_empty() || allowed.iter().any(fits) {
        return Ok(());
    }
    Err(Failure::new(400, "storage_file_type_unsupported", "The given file extension is not supported."))
}

/// Reads `bytes 0-99/100` as the part's first byte and the size of the whole (400 when it makes no sense).
pub(in crate::services) fn range(header: &str) -> Result<(u64, u64), Failure> {
    let parsed = || {
        let (positions, total) = header.strip_prefix("bytes ")?.split_once('/')?;
        let (start, end) = positions.split_once('-')?;
        let (start, end, total) = (start.parse().ok()?, end.parse::<u64>().ok()?, total.parse().ok()?);
        (start <= end && end < total).then_some((start, total))
    };
    parsed().ok_or_else(|| {
        Failure::new(
            400,
            "storage_invalid_content_range",
            "The content range is invalid. Please check the value of the Content-Range header.",
        )
    })
}

/// The ID in the header, which names what a chunk belongs to; `unique()` means nothing there (400).
pub(in crate::services) fn id_in_header(call: &Call) -> Result<Option<String>, Failure> {
    match call.header("x-appwrite-id") {
        None => Ok(None),
        Some(id) if is_id(id) => Ok(Some(id.to_owned())),
        Some(_) => Err(Failure::new(
            400,
            "storage_invalid_appwrite_id",
            "The value for x-appwrite-id header is invalid. Please check the value of the x-appwrite-id header is a \
             valid id and not unique().",
        )),
    }
}

/// An upload whose bucket, name and size are in order.
struct Request<'a> {
    call: &'a Call<'a>,
    bucket: &'a Value,
    id: &'a str,
    upload: &'a Upload,
    permissions: Value,
}

impl Request<'_> {
    fn stored(&self) -> Result<Option<Value>, Failure> {
        self.call.state.store.get(&files::collection(self.call), self.id)
    }

    fn put(&self, file: &Value) -> Result<(), Failure> {
        self.call.state.store.put(&files::collection(self.call), self.id, file)
    }

    fn bucket_id(&self) -> &str {
        self.bucket["$id"].as_str().unwrap_or_default()
    }

    /// One request, one file.
    fn whole(&self) -> Handled {
        let content = &self.upload.content;
        // Written before the file is listed, so that an emulator which is killed lists no file without its content.
        let written = disk::write_whole(self.call, self.bucket_id(), content)?;
        let mut file = self.unfinished(content.len() as u64, 1);
        let first = &content[..content.len().min(4096)];
        let stored = self.is_packed(content.len() as u64).then(|| disk::packed_length(&content[..]));
        let stored = stored.transpose()?.unwrap_or(content.len() as u64);
        self.finish(&mut file, &disk::sum(content), kinds::of(first), (content.len() as u64, stored));
        let _writing = self.call.state.writing();
        // The bucket may have been deleted meanwhile.
        buckets::find(self.call)?;
        if self.stored()?.is_some() {
            return Err(files::already_there());
        }
        written.name(self.call, self.bucket_id(), self.id)?;
        self.put(&file)?;
        Ok(Response::created(public(&file)))
    }

    /// A chunk of a file: its place follows from where it starts.
    fn chunk(&self, start: u64, total: u64) -> Handled {
        if self.call.state.like == Like::V1_8 {
            let draft = self.unfinished(total, total.div_ceil(CHUNK).max(1));
            let is_last = start + self.upload.content.len() as u64 >= total;
            unlocked::admit(self.call, self.id, is_last, &draft)?;
        }
        if let Some(file) = self.stored()?.filter(|file| file["signature"] != "") {
            return Ok(Response::ok(public(&file)));
        }
        let index = start / CHUNK;
        let count = total.div_ceil(CHUNK).max(1);
        disk::write_chunk(self.call, self.bucket_id(), self.id, index, &self.upload.content, total)?;
        let mut file = {
            let _writing = self.call.state.writing();
            let mut file = match self.stored()? {
                Some(file) => file,
                None => self.unfinished(total, count),
            };
            let mut arrived = file["_chunks"].as_array().cloned().unwrap_or_default();
            if !arrived.contains(&json!(index)) {
                arrived.push(json!(index));
            }
            // The first chunk said how many there are.
            let count = file["chunksTotal"].as_u64().unwrap_or(count);
            file["chunksUploaded"] = json!(arrived.len());
            file["_chunks"] = json!(arrived);
            file["$updatedAt"] = json!(clock::now());
            // The last one is known only once its signature is there.
            let is_last = arrived.len() as u64 >= count;
            if !is_last {
                self.put(&file)?;
                return Ok(Response::created(public(&file)));
            }
            file
        };
        let deleted = |_| files::not_found();
        let (first, signature) = disk::inspect(self.call, self.bucket_id(), self.id).map_err(deleted)?;
        let length = disk::length(self.call, self.bucket_id(), self.id).map_err(deleted)?;
        let packed = || disk::compressed_length(self.call, self.bucket_id(), self.id).map_err(deleted);
        let stored = self.is_packed(length).then(packed).transpose()?.unwrap_or(length);
        self.finish(&mut file, &signature, kinds::of(&first), (length, stored));
        self.keep(&file)
    }

    /// Records the finished file, unless it was deleted meanwhile (404).
    fn keep(&self, file: &Value) -> Handled {
        let _writing = self.call.state.writing();
        if !disk::path(self.call, self.bucket_id(), self.id)?.exists() {
            return Err(files::not_found());
        }
        self.put(file)?;
        Ok(Response::created(public(file)))
    }

    /// The file while chunks are missing.
    fn unfinished(&self, size: u64, chunks: u64) -> Value {
        let now = clock::now();
        json!({
            "$id": self.id, "bucketId": self.bucket["$id"], "$createdAt": now, "$updatedAt": now,
            "$permissions": self.permissions, "name": self.upload.name, "signature": "", "mimeType": "",
            "sizeOriginal": size, "sizeActual": 0, "chunksTotal": chunks, "chunksUploaded": 0,
            "encryption": false, "compression": "", "_chunks": [],
        })
    }

    /// Whether the server packs a content of this length; of Zstandard the emulator reports what gzip would make.
    fn is_packed(&self, length: u64) -> bool {
        disk::is_treated(length) && self.bucket["compression"] != "none"
    }

    /// Completes the file's record; `lengths` are those of its content and of what the server stores of it.
    fn finish(&self, file: &mut Value, signature: &str, kind: &str, lengths: (u64, u64)) {
        let (length, stored) = lengths;
        file["signature"] = json!(signature);
        file["mimeType"] = json!(kind);
        file["sizeActual"] = json!(stored);
        file["chunksUploaded"] = file["chunksTotal"].clone();
        file["encryption"] = json!(disk::is_treated(length) && self.bucket["encryption"] == true);
        file["compression"] =
            if self.is_packed(length) { self.bucket["compression"].clone() } else { json!("none") };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        assert_eq!(range("bytes 0-99/100").unwrap(), (0, 100));
        for wrong in ["0-99/100", "bytes 0-200/100", "bytes 5-1/100", "bytes a-b/c"] {
            assert_eq!(range(wrong).unwrap_err().kind, "storage_invalid_content_range");
        }
    }
}
