//! Databases, tables, buckets and teams: what is made and changed by one call.

use polywrite::{ErrorKind, Params, Response, Result as CallResult};
use serde_json::Value;

use crate::{
    compare::{Described, Fields},
    error::Result,
    plan::{Action, Step, Target, Thing},
};

use super::apply::{Push, failed, unless};

impl Push<'_> {
    pub(super) async fn database(self, step: &Step) -> Result<()> {
        let Some(Thing::Database(wanted)) = &step.wanted else { return Ok(()) };
        let params = Params::new().with("databaseId", &wanted.id);
        let calls = ["tablesDB.create", "tablesDB.update"];
        self.make_or_change(step, calls, with(params.clone(), wanted.fields())).await?;
        self.wait_for("tablesDB.waitForDatabase", &step.target, params).await
    }

    pub(super) async fn table(self, step: &Step) -> Result<()> {
        let (Some(Thing::Table(wanted)), Target::Table { database, .. }) = (&step.wanted, &step.target)
        else {
            return Ok(());
        };
        let params = Params::new().with("databaseId", database).with("tableId", &wanted.id);
        let calls = ["tablesDB.createTable", "tablesDB.updateTable"];
        self.make_or_change(step, calls, with(params, wanted.fields())).await
    }

    pub(super) async fn drop_table(self, step: &Step) -> Result<()> {
        let Target::Table { database, table } = &step.target else { return Ok(()) };
        let params = Params::new().with("databaseId", database).with("tableId", table);
        let dropped = unless(ErrorKind::NotFound, self.call("tablesDB.deleteTable", params).await);
        dropped.map_err(|error| failed(&step.target, error))?;
        self.done(step);
        Ok(())
    }

    pub(super) async fn bucket(self, step: &Step) -> Result<()> {
        let Some(Thing::Bucket(wanted)) = &step.wanted else { return Ok(()) };
        let mut wanted = wanted.clone();
        // A change that names no limit would set the server's own.
        if let Some(Thing::Bucket(live)) = &step.live {
            wanted.maximum_file_size = wanted.maximum_file_size.or(live.maximum_file_size);
        }
        let params = Params::new().with("bucketId", &wanted.id);
        let calls = ["storage.createBucket", "storage.updateBucket"];
        self.make_or_change(step, calls, with(params, wanted.fields())).await
    }

    pub(super) async fn team(self, step: &Step) -> Result<()> {
        let Some(Thing::Team(wanted)) = &step.wanted else { return Ok(()) };
        let params = Params::new().with("teamId", &wanted.id);
        self.make_or_change(step, ["teams.create", "teams.updateName"], with(params, wanted.fields())).await
    }

    async fn make_or_change(self, step: &Step, [make, change]: [&str; 2], params: Params) -> Result<()> {
        let made: CallResult<Response> =
            self.call(if step.action == Action::Make { make } else { change }, params).await;
        // Whether the one that is there already is the wanted one, the next round sees.
        unless(ErrorKind::Conflict, made).map_err(|error| failed(&step.target, error))?;
        self.done(step);
        Ok(())
    }
}

fn with(mut params: Params, fields: Fields) -> Params {
    for (name, value) in fields.into_iter().filter(|(_, value)| *value != Value::Null) {
        params.set(name, &value);
    }
    params
}
