//! The steps of a plan, in an order in which each finds what it needs.

use std::collections::BTreeMap;

use futures_util::{StreamExt, TryStreamExt, future::BoxFuture, stream};
use polywrite::{
    CallOptions, Client, Error as CallError, ErrorKind, Params, Response, WaitOptions, wait, wait_for,
};

use crate::{
    error::{Error, Result},
    live::known,
    plan::{Action, Plan, Step, Target, Thing},
};

use super::PushOptions;

/// How many tables are worked on at a time.
const AT_ONCE: usize = 4;

#[derive(Clone, Copy)]
pub(super) struct Push<'a> {
    pub(super) client: &'a Client,
    pub(super) options: &'a PushOptions,
}

/// What is done with steps, those of several tables at a time.
#[derive(Clone, Copy)]
enum Work {
    DropIndex,
    DropColumn,
    Table,
    ChangeColumn,
    MakeColumn,
    MakeIndex,
}

impl Push<'_> {
    /// Takes all steps.
    pub(super) async fn apply(self, plan: &Plan) -> Result<()> {
        for step in chosen(plan, |step| matches!(step.target, Target::Database { .. })) {
            self.database(step).await?;
        }
        // What goes makes room, for others of the same key too; an index goes before its columns.
        self.each_table(chosen(plan, drops_index), Work::DropIndex).await?;
        self.each_table(chosen(plan, drops_column), Work::DropColumn).await?;
        for step in chosen(plan, |step| is_table(step) && step.action == Action::Drop) {
            self.drop_table(step).await?;
        }
        let makes_table = |step: &Step| is_table(step) && step.action != Action::Drop;
        self.each_table(chosen(plan, makes_table), Work::Table).await?;
        self.each_table(chosen(plan, changes_column), Work::ChangeColumn).await?;
        self.each_table(chosen(plan, makes_column), Work::MakeColumn).await?;
        // A relationship stands in two tables: one after the other.
        for step in chosen(plan, makes_relationship) {
            self.make_column(step).await?;
        }
        self.wait(chosen(plan, |step| matches!(step.target, Target::Column { .. }))).await?;
        self.each_table(chosen(plan, makes_index), Work::MakeIndex).await?;
        self.wait(chosen(plan, |step| matches!(step.target, Target::Index { .. }))).await?;
        for step in chosen(plan, |step| matches!(step.target, Target::Bucket { .. })) {
            self.bucket(step).await?;
        }
        for step in chosen(plan, |step| matches!(step.target, Target::Team { .. })) {
            self.team(step).await?;
        }
        Ok(())
    }

    /// Takes steps, those of one table in their order, some tables at a time.
    async fn each_table(self, steps: Vec<&Step>, work: Work) -> Result<()> {
        let mut tables: Vec<BoxFuture<'_, Result<()>>> = Vec::new();
        for steps in by_table(steps).into_values() {
            tables.push(Box::pin(self.take(steps, work)));
        }
        stream::iter(tables).buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn take(self, steps: Vec<&Step>, work: Work) -> Result<()> {
        for step in steps {
            match work {
                Work::DropIndex => self.drop_index(step).await?,
                Work::DropColumn => self.drop_column(step).await?,
                Work::Table => self.table(step).await?,
                Work::ChangeColumn => self.change_column(step).await?,
                Work::MakeColumn => self.make_column(step).await?,
                Work::MakeIndex => self.make_index(step).await?,
            }
        }
        Ok(())
    }

    /// Waits until the columns and indexes of the tables that the steps are about can be used.
    async fn wait(self, mut steps: Vec<&Step>) -> Result<()> {
        steps.retain(|step| step.action != Action::Drop);
        let mut tables: Vec<BoxFuture<'_, Result<()>>> = Vec::new();
        for (table, steps) in by_table(steps) {
            tables.push(Box::pin(self.wait_for_table(table, steps)));
        }
        stream::iter(tables).buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn wait_for_table(self, (database, table): (&str, &str), steps: Vec<&Step>) -> Result<()> {
        let target = Target::Table { database: database.to_owned(), table: table.to_owned() };
        let params = Params::new().with("databaseId", database).with("tableId", table);
        self.wait_for("tablesDB.waitForTable", &target, params).await?;
        steps.into_iter().filter(|step| step.action == Action::Await).for_each(|step| self.done(step));
        Ok(())
    }

    pub(super) async fn wait_for(self, id: &str, target: &Target, params: Params) -> Result<()> {
        let wait = wait(id).ok_or_else(|| Error::invalid(id, "the API has no such wait"))?;
        let mut options = WaitOptions::new();
        if let Some(timeout) = self.options.timeout {
            options = options.timeout(timeout);
        }
        let waited = wait_for(self.client, wait, params, options).await;
        waited.map(drop).map_err(|error| failed(target, error))
    }

    pub(super) async fn call(self, id: &str, params: Params) -> Result<Response, CallError> {
        let operation = known(id).map_err(|error| CallError::argument(error.to_string()))?;
        self.client.execute(operation, params, CallOptions::default()).await
    }

    pub(super) fn done(self, step: &Step) {
        if let Some(listener) = &self.options.listener {
            listener(step);
        }
    }
}

pub(super) fn failed(target: &Target, cause: CallError) -> Error {
    Error::Step { target: target.clone(), cause: Box::new(cause) }
}

/// What another push did meanwhile is done: something is there already, or is gone.
pub(super) fn unless(kind: ErrorKind, result: Result<Response, CallError>) -> Result<(), CallError> {
    match result {
        Err(error) if error.kind() != kind => Err(error),
        _ => Ok(()),
    }
}

/// The steps of a plan that are to be taken.
fn chosen(plan: &Plan, is_wanted: fn(&Step) -> bool) -> Vec<&Step> {
    plan.steps.iter().filter(|step| is_wanted(step)).collect()
}

fn by_table(steps: Vec<&Step>) -> BTreeMap<(&str, &str), Vec<&Step>> {
    let mut tables: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for step in steps {
        if let Some(table) = step.target.table() {
            tables.entry(table).or_default().push(step);
        }
    }
    tables
}

fn is_table(step: &Step) -> bool {
    matches!(step.target, Target::Table { .. })
}

fn drops(step: &Step) -> bool {
    matches!(step.action, Action::Drop | Action::Remake)
}

fn makes(step: &Step) -> bool {
    matches!(step.action, Action::Make | Action::Remake)
}

fn is_relationship(step: &Step) -> bool {
    matches!(&step.wanted, Some(Thing::Column(column)) if column.kind.relationship().is_some())
}

fn drops_index(step: &Step) -> bool {
    matches!(step.target, Target::Index { .. }) && drops(step)
}

fn drops_column(step: &Step) -> bool {
    matches!(step.target, Target::Column { .. }) && drops(step)
}

fn changes_column(step: &Step) -> bool {
    matches!(step.target, Target::Column { .. }) && step.action == Action::Change
}

fn makes_column(step: &Step) -> bool {
    matches!(step.target, Target::Column { .. }) && makes(step) && !is_relationship(step)
}

fn makes_relationship(step: &Step) -> bool {
    matches!(step.target, Target::Column { .. }) && makes(step) && is_relationship(step)
}

fn makes_index(step: &Step) -> bool {
    matches!(step.target, Target::Index { .. }) && makes(step)
}
