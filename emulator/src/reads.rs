//! What reading a resource shows on request, so that tests meet statuses which nothing here brings about.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use serde_json::Value;

use crate::services;

/// Fields that reads of a resource show over its own, by project and the resource's path.
#[derive(Debug, Default)]
pub(crate) struct Reads(Mutex<HashMap<String, VecDeque<Value>>>);

type Planned = HashMap<String, VecDeque<Value>>;

impl Reads {
    /// Plans the reads of a project's resource at `path`, in place of those planned before.
    pub(crate) fn plan(&self, project: &str, path: &str, reads: VecDeque<Value>) {
        let mut planned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        planned.insert(format!("{project}{path}"), reads);
    }

    /// Shows what is planned for a project's resource at `path`, and for resources listed in its body.
    pub(crate) fn show(&self, project: &str, path: &str, body: &mut Value) {
        let mut planned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if planned.is_empty() {
            return;
        }
        show(&mut planned, &format!("{project}{path}"), body);
    }
}

/// Shows what is planned for the resource at `path` and for those within it, as a list of tables has their columns.
fn show(planned: &mut Planned, path: &str, resource: &mut Value) {
    next(planned, path, resource);
    for (name, field) in resource.as_object_mut().into_iter().flatten() {
        // `…/columns` lists columns in a field of its own name; a table has them beside its other fields.
        let is_list = path.rsplit('/').next() == Some(name.as_str());
        let folder = if is_list { path.to_owned() } else { format!("{path}/{name}") };
        for item in field.as_array_mut().into_iter().flatten() {
            let id = item.get("key").or_else(|| item.get("$id"));
            let Some(id) = id.and_then(Value::as_str).map(str::to_owned) else { continue };
            show(planned, &format!("{folder}/{id}"), item);
        }
    }
}

/// Writes the next planned fields over the resource's; the last ones stay.
fn next(planned: &mut Planned, path: &str, resource: &mut Value) {
    let Some(reads) = planned.get_mut(path) else { return };
    let fields = if reads.len() > 1 { reads.pop_front() } else { reads.front().cloned() };
    services::set(resource, &fields.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_alone_and_in_lists_take_turns() {
        let reads = Reads::default();
        let statuses = ["a", "b", "c"].map(|status| json!({"status": status}));
        reads.plan("p", "/tables/t/columns/c", statuses.into());
        let mut column = json!({"key": "c", "status": "own"});
        let mut columns = json!({"columns": [column.clone(), {"key": "d", "status": "own"}]});
        let mut table = columns.clone();
        reads.show("p", "/tables/t/columns/c", &mut column);
        reads.show("p", "/tables/t/columns", &mut columns);
        reads.show("p", "/tables/t", &mut table);
        let shown = [&column["status"], &columns["columns"][0]["status"], &table["columns"][0]["status"]];
        assert_eq!(shown, ["a", "b", "c"]);
        assert_eq!(columns["columns"][1]["status"], "own");
        let mut tables = json!({"tables": [{"$id": "t", "columns": [{"key": "c", "status": "own"}]}]});
        reads.show("p", "/tables", &mut tables);
        assert_eq!(tables["tables"][0]["columns"][0]["status"], "c", "also in a list of tables");
        reads.show("p", "/tables/t/columns/c", &mut column);
        assert_eq!(column["status"], "c", "the last one stays");
        let mut other = json!({"status": "own"});
        reads.show("q", "/tables/t/columns/c", &mut other);
        assert_eq!(other["status"], "own", "another project");
    }
}
