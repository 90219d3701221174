//! A small API for these tests.

use polywrite::{Content, Kind, Method, Operation, Param, Place, Returns, Source};

const BASE: Operation = Operation {
    id: "",
    method: Method::Get,
    path: "",
    self_hosted_path: None,
    params: &[],
    content: Content::None,
    accept: "",
    headers: &[],
    returns: Returns::Json,
    upload: None,
    scopes: &[],
    list: None,
    dated_by: None,
    project_header: true,
    deprecated: None,
    available: None,
};

const fn param(name: &'static str, place: Place, kind: Kind, required: bool) -> Param {
    Param { name, place, kind, required, nullable: false, source: None }
}

pub(crate) static GET_NOTE: Operation = Operation {
    id: "notes.get",
    path: "/notes/{noteId}",
    params: &[param("noteId", Place::Path, Kind::String, true)],
    returns: Returns::Object,
    scopes: &["notes.read", "notes.write"],
    ..BASE
};

/// As [`GET_NOTE`], with any JSON as the note.
pub(crate) static GET_ANY_NOTE: Operation = Operation {
    id: "notes.getAny",
    path: "/notes/{noteId}",
    params: &[param("noteId", Place::Path, Kind::String, true)],
    ..BASE
};

pub(crate) static LIST_NOTES: Operation = Operation {
    id: "notes.list",
    path: "/notes",
    params: &[
        param("queries", Place::Query, Kind::Array(&Kind::String), false),
        param("total", Place::Query, Kind::Boolean, false),
        param("filter", Place::Query, Kind::Object, false),
    ],
    ..BASE
};

pub(crate) static CREATE_NOTE: Operation = Operation {
    id: "notes.create",
    method: Method::Post,
    path: "/notes",
    self_hosted_path: Some("/own/notes"),
    params: &[
        param("noteId", Place::Body, Kind::String, true),
        param("size", Place::Body, Kind::Integer, false),
        Param { nullable: true, ..param("default", Place::Body, Kind::String, false) },
        param("data", Place::Body, Kind::Object, false),
    ],
    content: Content::Json,
    returns: Returns::Object,
    ..BASE
};

pub(crate) static GET_PREFS: Operation =
    Operation { id: "notes.getPrefs", path: "/notes/prefs", returns: Returns::Data, ..BASE };

pub(crate) static GET_ANYTHING: Operation =
    Operation { id: "notes.getAnything", path: "/notes/anything", ..BASE };

pub(crate) static GET_ZONE: Operation =
    Operation { id: "notes.getZone", path: "/notes/zone", returns: Returns::Text, ..BASE };

pub(crate) static DELETE_NOTE: Operation = Operation {
    id: "notes.delete",
    method: Method::Delete,
    path: "/notes/{noteId}",
    params: &[param("noteId", Place::Path, Kind::String, true)],
    content: Content::Json,
    returns: Returns::Empty,
    ..BASE
};

pub(crate) static DELETE_NOTES: Operation = Operation {
    id: "notes.deleteMany",
    method: Method::Delete,
    path: "/notes",
    params: &[param("queries", Place::Body, Kind::Array(&Kind::String), false)],
    content: Content::Json,
    ..BASE
};

pub(crate) static GET_PICTURE: Operation = Operation {
    id: "notes.getPicture",
    path: "/notes/picture",
    accept: "image/png",
    returns: Returns::Bytes,
    headers: &[("x-extra", "1")],
    ..BASE
};

pub(crate) static PING: Operation = Operation {
    id: "notes.ping",
    path: "/notes/ping",
    params: &[param("x-name", Place::Header, Kind::String, false)],
    ..BASE
};

pub(crate) static SIGN_IN: Operation = Operation {
    id: "notes.signIn",
    path: "/oauth/{project_id}/{provider}",
    params: &[
        Param { source: Some(Source::Project), ..param("project_id", Place::Path, Kind::String, true) },
        param("provider", Place::Path, Kind::String, true),
    ],
    returns: Returns::Redirect,
    project_header: false,
    ..BASE
};
