//! Storage: buckets, files, uploads in one piece or many, downloads.

mod buckets;
mod disk;
mod download;
mod files;
mod kinds;
mod upload;

pub(super) use files::find as find_file;

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
