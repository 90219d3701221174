//! What leads from the schema that a server has to the one that is wanted.

mod table;

use crate::{
    check,
    compare::Described,
    error::{Error, Result},
    model::{Database, Schema},
    plan::{Action, Plan, Step, Target, Thing},
};

/// The plan that leads from `live` to `wanted`.
///
/// Databases, buckets and teams that `wanted` does not name stay as they are. Of a database that it names, the tables are
/// those that it names: others are dropped, and so are other columns and indexes.
///
/// # Errors
/// [`Error::Invalid`](crate::Error::Invalid) for a schema that no server could have.
pub fn diff(live: &Schema, wanted: &Schema) -> Result<Plan> {
    let mut wanted = wanted.clone();
    wanted.add_other_sides();
    check::check(&wanted)?;
    let mut plan = Plan::default();
    for database in &wanted.databases {
        of_database(&mut plan, live.database(&database.id), database);
    }
    for bucket in &wanted.buckets {
        let target = Target::Bucket { bucket: bucket.id.clone() };
        let known = live.buckets.iter().find(|known| known.id == bucket.id);
        plan.made_or_changed(target, known, bucket, Thing::Bucket);
    }
    for team in &wanted.teams {
        let target = Target::Team { team: team.id.clone() };
        let known = live.teams.iter().find(|known| known.id == team.id);
        plan.made_or_changed(target, known, team, Thing::Team);
    }
    let databases = live.databases.iter().map(|it| Target::Database { database: it.id.clone() });
    let buckets = live.buckets.iter().map(|it| Target::Bucket { bucket: it.id.clone() });
    let named = |target: &Target| match target {
        Target::Database { database } => wanted.database(database).is_some(),
        Target::Bucket { bucket } => wanted.buckets.iter().any(|it| it.id == *bucket),
        _ => true,
    };
    plan.unnamed = databases.chain(buckets).filter(|target| !named(target)).collect();
    names(&plan)?;
    Ok(plan)
}

/// Refuses new IDs and keys that no server takes.
fn names(plan: &Plan) -> Result<()> {
    for step in &plan.steps {
        let is_new = step.action == Action::Make || step.changes.iter().any(|change| change.field == "key");
        if is_new && !check::is_name(step.target.name()) {
            let message = "an ID or a key has letters from a to z, digits, `.`, `_` and `-`, and begins with a letter or digit";
            return Err(Error::invalid(step.target.to_string(), message));
        }
    }
    Ok(())
}

fn of_database(plan: &mut Plan, live: Option<&Database>, wanted: &Database) {
    let target = Target::Database { database: wanted.id.clone() };
    plan.made_or_changed(target, live, wanted, Thing::Database);
    for known in live.map(|live| live.tables.as_slice()).unwrap_or_default() {
        if wanted.table(&known.id).is_none() {
            let target = Target::Table { database: wanted.id.clone(), table: known.id.clone() };
            plan.steps.push(Step {
                live: Some(Thing::Table(known.clone())),
                destroys: true,
                ..Step::new(Action::Drop, target)
            });
        }
    }
    for table in &wanted.tables {
        let known = live.and_then(|live| live.table(&table.id));
        table::diff(plan, &wanted.id, known, table);
    }
}

impl Step {
    fn new(action: Action, target: Target) -> Self {
        Self {
            action,
            target,
            changes: Vec::new(),
            destroys: false,
            reason: String::new(),
            live: None,
            wanted: None,
        }
    }
}

impl Plan {
    /// Adds the step that makes something or changes it in place, if one is needed.
    fn made_or_changed<T: Described + Clone>(
        &mut self,
        target: Target,
        live: Option<&T>,
        wanted: &T,
        thing: fn(T) -> Thing,
    ) {
        let changes = live.map(|live| live.changes(wanted)).unwrap_or_default();
        let action = if live.is_none() { Action::Make } else { Action::Change };
        if live.is_none() || !changes.is_empty() {
            self.steps.push(Step {
                changes,
                live: live.cloned().map(thing),
                wanted: Some(thing(wanted.clone())),
                ..Step::new(action, target)
            });
        }
    }
}
