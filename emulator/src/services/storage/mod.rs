//! Storage: buckets, files, uploads in one piece or many, downloads.

mod buckets;
pub(super) mod disk;
mod download;
mod files;
mod kinds;
mod unlocked;
mod upload;

pub(super) use buckets::find as bucket;
pub(super) use download::serve;
pub(super) use files::find as find_file;
pub(super) use upload::{id_in_header, range};

use super::Handler;

pub(super) fn handler(name: &str) -> Option<Handler> {
    Some(match name {
        "createBucket" => buckets::create,
        "listBuckets" => buckets::list,
        "getBucket" => buckets::get,
        "updateBucket" => buckets::update,
        "deleteBucket" => buckets::delete,
        "createFile" => upload::create,
        "listFiles" => files::list,
        "getFile" => files::get,
        "updateFile" => files::update,
        "deleteFile" => files::delete,
        "getFileDownload" => download::download,
        "getFileView" => download::view,
        "getFilePreview" => download::preview,
        _ => return None,
    })
}
