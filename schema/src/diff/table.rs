//! What a table needs: its columns and its indexes.

use std::collections::{BTreeMap, BTreeSet};

use polywrite::one_line;
use serde_json::json;

use crate::{
    api,
    compare::{Change, Described},
    model::{Column, Index, Side, Status, Table},
    plan::{Action, Plan, Step, Target, Thing},
};

pub(super) fn diff(plan: &mut Plan, database: &str, live: Option<&Table>, wanted: &Table) {
    let target = Target::Table { database: database.to_owned(), table: wanted.id.clone() };
    plan.made_or_changed(target, live, wanted, Thing::Table);
    let columns = live.map(|live| live.columns.as_slice()).unwrap_or_default();
    let indexes = live.map(|live| live.indexes.as_slice()).unwrap_or_default();
    let target = |key: &str| Target::Column {
        database: database.to_owned(),
        table: wanted.id.clone(),
        key: key.to_owned(),
    };
    // Which columns have which keys from now on, and which lose what they hold.
    let renamed = renames(columns, wanted);
    let mut lost: BTreeSet<&str> = BTreeSet::new();
    let mut dropped = Vec::new();
    let mut made = Vec::new();
    for column in columns.iter().filter(|column| is_own(column)) {
        let key = renamed.get(column.key.as_str()).copied().unwrap_or(&column.key);
        if !wanted.column(key).is_some_and(is_own) && !is_going(column.status.as_ref()) {
            lost.insert(&column.key);
            dropped.push(column);
            plan.steps.push(Step {
                live: Some(Thing::Column(column.clone())),
                destroys: holds_data(column),
                ..Step::new(Action::Drop, target(&column.key))
            });
        }
    }
    for column in wanted.columns.iter().filter(|column| is_own(column)) {
        let known = columns.iter().filter(|known| is_own(known) && !is_going(known.status.as_ref()));
        let known = known
            .clone()
            .find(|known| renamed.get(known.key.as_str()).copied().unwrap_or(&known.key) == column.key);
        let Some(known) = known else {
            made.push(column);
            plan.steps.push(Step {
                wanted: Some(Thing::Column(column.clone())),
                ..Step::new(Action::Make, target(&column.key))
            });
            continue;
        };
        let Some(step) = of_column(target(&column.key), known, column) else { continue };
        if step.action == Action::Remake {
            lost.insert(&known.key);
        }
        plan.steps.push(step);
    }
    hint(plan, wanted, &dropped, &made);
    refused_renames(plan, columns, wanted);
    of_indexes(plan, database, (indexes, wanted), &renamed, &lost);
}

/// The other side of a relationship comes and goes with the one from which it was made.
fn is_own(column: &Column) -> bool {
    column.kind.relationship().is_none_or(|relationship| relationship.side == Side::Parent)
}

fn is_going(status: Option<&Status>) -> bool {
    status.is_some_and(|status| status.word == "deleting")
}

/// What the server failed to make, no row has a value for.
fn holds_data(column: &Column) -> bool {
    column.status.as_ref().is_none_or(|status| status.word != "failed")
}

/// The new keys of columns that are to be renamed, by the old ones. What is renamed already needs nothing.
fn renames<'a>(live: &'a [Column], wanted: &'a Table) -> BTreeMap<&'a str, &'a str> {
    let has = |key: &str| live.iter().any(|column| column.key == key);
    let mut renames = BTreeMap::new();
    for column in &wanted.columns {
        let Some(old) = column.previous_key.as_deref() else { continue };
        if has(old) && !has(&column.key) && wanted.column(old).is_none() {
            renames.insert(old, column.key.as_str());
        }
    }
    renames
}

/// What a column that the server has needs.
fn of_column(target: Target, live: &Column, wanted: &Column) -> Option<Step> {
    let mut changes = live.changes(wanted);
    if let Some(kind) = changes.iter().position(|change| change.field == "type") {
        changes = vec![changes.swap_remove(kind)];
    }
    let step = |action, changes| Step {
        changes,
        live: Some(Thing::Column(live.clone())),
        wanted: Some(Thing::Column(wanted.clone())),
        ..Step::new(action, target)
    };
    if let Some(reason) = live.status.as_ref().and_then(broken) {
        return Some(Step { reason, destroys: holds_data(live), ..step(Action::Remake, changes) });
    }
    if !changes.iter().all(|change| api::changes_in_place(&wanted.kind, &change.field)) {
        return Some(Step { destroys: true, ..step(Action::Remake, changes) });
    }
    if live.key != wanted.key {
        changes.insert(0, Change { field: "key".to_owned(), from: json!(live.key), to: json!(wanted.key) });
    }
    if !changes.is_empty() {
        return Some(step(Action::Change, changes));
    }
    is_coming(live.status.as_ref()).then(|| step(Action::Await, changes))
}

/// Why something that the server has cannot be used, and will not be.
fn broken(status: &Status) -> Option<String> {
    let reason = if status.error.is_empty() { "the server gives no reason" } else { &status.error };
    let reason = one_line(reason.to_owned());
    match status.word.as_str() {
        "failed" => Some(format!("the server could not make it: {reason}")),
        "stuck" => Some(format!("the server could not delete it: {reason}")),
        _ => None,
    }
}

fn is_coming(status: Option<&Status>) -> bool {
    status.is_some_and(|status| status.word == "processing")
}

fn of_indexes(
    plan: &mut Plan,
    database: &str,
    (live, wanted): (&[Index], &Table),
    renamed: &BTreeMap<&str, &str>,
    lost: &BTreeSet<&str>,
) {
    let target = |key: &str| Target::Index {
        database: database.to_owned(),
        table: wanted.id.clone(),
        key: key.to_owned(),
    };
    for index in
        live.iter().filter(|index| wanted.index(&index.key).is_none() && !is_going(index.status.as_ref()))
    {
        let live = Some(Thing::Index(index.clone()));
        plan.steps.push(Step { live, ..Step::new(Action::Drop, target(&index.key)) });
    }
    for index in &wanted.indexes {
        let step = |action| Step {
            wanted: Some(Thing::Index(index.clone())),
            ..Step::new(action, target(&index.key))
        };
        let known = live.iter().find(|known| known.key == index.key && !is_going(known.status.as_ref()));
        let Some(known) = known else {
            plan.steps.push(step(Action::Make));
            continue;
        };
        // The server gives the columns of its indexes their new keys.
        let mut after = known.clone();
        for column in &mut after.columns {
            if let Some(new) = renamed.get(column.as_str()) {
                (*new).clone_into(column);
            }
        }
        let changes = after.changes(index);
        let reason = known.status.as_ref().and_then(broken).or_else(|| {
            let column = known.columns.iter().find(|column| lost.contains(column.as_str()))?;
            Some(format!("its column `{column}` is dropped or made anew"))
        });
        let action = if !changes.is_empty() || reason.is_some() {
            Action::Remake
        } else if is_coming(known.status.as_ref()) {
            Action::Await
        } else {
            continue;
        };
        plan.steps.push(Step {
            changes,
            reason: reason.unwrap_or_default(),
            live: Some(Thing::Index(known.clone())),
            ..step(action)
        });
    }
}

/// A column with the new key is there already: which of both is meant, the file does not say.
fn refused_renames(plan: &mut Plan, live: &[Column], wanted: &Table) {
    let has = |key: &str| live.iter().any(|column| column.key == key);
    for (old, new) in wanted.columns.iter().filter_map(|it| Some((it.previous_key.as_deref()?, &*it.key))) {
        if old != new && has(old) && has(new) {
            plan.hints.push(format!(
                "`{old}` is not renamed to `{new}` in {table}, which has both: push one rename after the other, or remove \
                 `previousKey`",
                table = wanted.id,
            ));
        }
    }
}

/// A column that goes and one of the same kind that comes may be one with another name.
fn hint(plan: &mut Plan, table: &Table, dropped: &[&Column], made: &[&Column]) {
    for old in dropped {
        let Some(new) = made.iter().find(|new| new.kind.name() == old.kind.name()) else { continue };
        plan.hints.push(format!(
            "if `{new}` is the new name of `{old}`, give the column `previousKey = \"{old}\"`, or push with \
             --rename {table}.{old}={new}: its values stay",
            new = new.key,
            old = old.key,
            table = table.id,
        ));
    }
}
