//! The words that rows of the table are written in: what is usual for a HTTP method, and short names for parameters.

use crate::operation::{Content, Kind, Method, Operation, Param, Place, Returns, Source};

/// A GET that returns an object.
pub const GET: Operation = usual(Method::Get, Content::None);
/// A POST with a JSON body that returns an object.
pub const POST: Operation = usual(Method::Post, Content::Json);
/// A PUT with a JSON body that returns an object.
pub const PUT: Operation = usual(Method::Put, Content::Json);
/// A PATCH with a JSON body that returns an object.
pub const PATCH: Operation = usual(Method::Patch, Content::Json);
/// A DELETE with a JSON body that returns an object.
pub const DELETE: Operation = usual(Method::Delete, Content::Json);

const fn usual(method: Method, content: Content) -> Operation {
    Operation {
        id: "",
        method,
        path: "",
        self_hosted_path: None,
        params: &[],
        content,
        accept: "",
        headers: &[],
        returns: Returns::Object,
        upload: None,
        scopes: &[],
        list: None,
        dated_by: None,
        project_header: true,
        deprecated: None,
        available: None,
    }
}

/// A parameter in the path, which is always required.
pub const fn path(name: &'static str, kind: Kind) -> Param {
    param(name, Place::Path, kind).required()
}

/// An optional parameter in the query string.
pub const fn query(name: &'static str, kind: Kind) -> Param {
    param(name, Place::Query, kind)
}

/// An optional parameter in the body.
pub const fn body(name: &'static str, kind: Kind) -> Param {
    param(name, Place::Body, kind)
}

const fn param(name: &'static str, place: Place, kind: Kind) -> Param {
    Param { name, place, kind, required: false, nullable: false, source: None }
}

impl Param {
    #[doc(hidden)]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    #[doc(hidden)]
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    #[doc(hidden)]
    pub const fn filled_with_project(self) -> Self {
        Self { source: Some(Source::Project), ..self }
    }
}
