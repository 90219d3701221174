//! One request, understood: which method, by whom, with which parameters.

use axum::http::HeaderMap;
use polywrite_api::Method;
use serde_json::{Map, Value};

use crate::{
    auth::Caller,
    failure::Failure,
    http::multipart::Upload,
    query::{self, AttributeKind, Page, Plan},
    state::State,
};

/// Everything a handler needs to know about a request.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    /// The emulator.
    pub(crate) state: &'a State,
    /// The method called.
    pub(crate) method: &'a Method,
    /// The project it is about.
    pub(crate) project: String,
    /// Who calls.
    pub(crate) caller: Caller,
    /// Checked parameters by wire name, wherever they travelled; absent ones are absent.
    pub(crate) params: Map<String, Value>,
    /// The file, if the method takes one.
    pub(crate) upload: Option<Upload>,
    /// The request's headers.
    pub(crate) headers: HeaderMap,
    /// The path as requested, below `/v1`.
    pub(crate) path: String,
}

impl Call<'_> {
    /// A collection of the project: `call.collection("users")`.
    pub(crate) fn collection(&self, name: &str) -> String {
        format!("{}/{name}", self.project)
    }

    /// A header's value, if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok()).filter(|value| !value.is_empty())
    }

    /// Host and port that the client speaks to.
    pub(crate) fn host(&self) -> &str {
        self.header("host").unwrap_or("127.0.0.1")
    }

    /// A parameter that is not null.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.params.get(name).filter(|value| !value.is_null())
    }

    /// A text parameter.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_str)
    }

    /// A text parameter, or nothing as an empty text.
    pub(crate) fn text_or_empty(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// A boolean parameter.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.value(name).and_then(Value::as_bool)
    }

    /// A whole number.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.value(name).and_then(Value::as_i64)
    }

    /// A list parameter; absent is empty.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.value(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// The ID for a new resource: the parameter's, or a fresh one for `unique()`.
    pub(crate) fn new_id(&self, name: &str) -> String {
        match self.text(name) {
            None | Some("" | "unique()") => crate::random::id(),
            Some(id) => id.to_owned(),
        }
    }

    /// Whether the list's total is wanted.
    pub(crate) fn wants_total(&self) -> bool {
        self.flag("total").unwrap_or(true)
    }

    /// Reads the `queries` parameter of a list of resources, whose attributes are given by name.
    pub(crate) fn plan(&self, kind_of: &dyn Fn(&str) -> Option<AttributeKind>) -> Result<Plan, Failure> {
        query::plan(self.list("queries"), kind_of)
            .map_err(|problem| Failure::argument("queries", format!("Invalid query: {problem}")))
    }

    /// Filters, searches and cuts a list of resources as `queries` and `search` ask.
    ///
    /// `noun` names a resource in the message about an unknown cursor. Attributes are those of the list's model.
    pub(crate) fn page(&self, noun: &str, mut documents: Vec<Value>) -> Result<Page, Failure> {
        let model = self.state.schema.item_model(self.method);
        let plan = self.plan(&|name| self.state.schema.attribute_kind(model, name))?;
        if let Some(wanted) = self.text("search").map(str::to_lowercase).filter(|text| !text.is_empty()) {
            documents.retain(|document| contains_text(document, &wanted));
        }
        let mut page = query::run(&plan, documents).map_err(|id| cursor_not_found(noun, &id))?;
        if !self.wants_total() {
            page.total = 0;
        }
        Ok(page)
    }
}

/// The response to a cursor that names no document.
pub(crate) fn cursor_not_found(noun: &str, id: &str) -> Failure {
    Failure::new(400, "general_cursor_not_found", format!("{noun} '{id}' for the 'cursor' value not found."))
}

/// Whether some top-level text of the document contains `wanted` (in lower case).
fn contains_text(document: &Value, wanted: &str) -> bool {
    document.as_object().is_some_and(|fields| {
        fields.iter().any(|(name, value)| {
            !name.starts_with('_') && value.as_str().is_some_and(|text| text.to_lowercase().contains(wanted))
        })
    })
}
