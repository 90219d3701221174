//! Columns: made, changed, dropped.

use std::time::Duration;

use polywrite::{CallOptions, Error as CallError, ErrorKind, Params};
use serde_json::{Map, Value};
use tokio::time::{Instant, sleep};

use crate::{
    api,
    compare::Described,
    error::Result,
    model::{Column, Index, Relationship, Status},
    plan::{Action, Step, Target, Thing},
    wire,
};

use super::{
    apply::{Push, failed, unless},
    params,
};

/// How long something may take to go, unless the options say otherwise.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The first pause between two looks at what is going, and the longest.
const PAUSES: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(2)];

/// What columns and indexes have in common.
pub(super) trait Part: Sized + Described {
    /// The operation that reads one.
    const READ: &'static str;
    /// The operation that drops one.
    const DROP: &'static str;

    fn read(place: &str, fields: Map<String, Value>) -> Result<Self>;
    fn status(&self) -> Option<&Status>;
}

impl Part for Column {
    const READ: &'static str = "tablesDB.getColumn";
    const DROP: &'static str = "tablesDB.deleteColumn";

    fn read(place: &str, fields: Map<String, Value>) -> Result<Self> {
        wire::column(place, fields)
    }

    fn status(&self) -> Option<&Status> {
        self.status.as_ref()
    }
}

impl Part for Index {
    const READ: &'static str = "tablesDB.getIndex";
    const DROP: &'static str = "tablesDB.deleteIndex";

    fn read(place: &str, fields: Map<String, Value>) -> Result<Self> {
        wire::index(place, fields)
    }

    fn status(&self) -> Option<&Status> {
        self.status.as_ref()
    }
}

impl Push<'_> {
    pub(super) async fn make_column(self, step: &Step) -> Result<()> {
        let (Some(Thing::Column(wanted)), Some((database, table))) = (&step.wanted, step.target.table())
        else {
            return Ok(());
        };
        let operation = api::maker(&wanted.kind)?;
        let params = params::making(operation, params::table(database, table), wanted);
        self.make_part::<Column>(step, operation.id, params).await
    }

    pub(super) async fn change_column(self, step: &Step) -> Result<()> {
        let (Some(Thing::Column(live)), Some(Thing::Column(wanted))) = (&step.live, &step.wanted) else {
            return Ok(());
        };
        let Some((database, table)) = step.target.table() else { return Ok(()) };
        let operation = api::changer(&wanted.kind)?;
        // What the server is still making cannot be changed yet.
        if live.status.as_ref().is_some_and(|status| status.word == "processing") {
            let params = part(&step.target, &live.key);
            self.wait_for("tablesDB.waitForColumn", &step.target, params).await?;
        }
        let execute = |params| self.client.execute(operation, params, CallOptions::default());
        if step.changes.iter().any(|change| change.field != "twoWayKey") {
            let params = params::changing(operation, params::table(database, table), live, wanted);
            execute(params).await.map_err(|error| failed(&step.target, error))?;
        }
        if let (Some(was), Some(becomes)) = (live.kind.relationship(), wanted.kind.relationship())
            && step.changes.iter().any(|change| change.field == "twoWayKey")
        {
            execute(renaming(database, was, becomes)).await.map_err(|error| failed(&step.target, error))?;
        }
        self.done(step);
        Ok(())
    }

    pub(super) async fn drop_column(self, step: &Step) -> Result<()> {
        let Some(Thing::Column(live)) = &step.live else { return Ok(()) };
        self.drop_part(step, live, &live.key).await
    }

    /// Makes a column or an index. One that is there already is left to the next round, which compares it; one that another
    /// push is dropping is waited for.
    pub(super) async fn make_part<P: Part>(self, step: &Step, make: &str, params: Params) -> Result<()> {
        let key = step.target.name();
        let fail = |error| failed(&step.target, error);
        let made = self.call(make, params.clone()).await;
        let conflict = made.as_ref().is_err_and(|error| error.kind() == ErrorKind::Conflict);
        unless(ErrorKind::Conflict, made).map_err(fail)?;
        if conflict {
            let found = self.read_part::<P>(&step.target, key).await?;
            let is_going = |part: &P| part.status().is_some_and(|status| status.word == "deleting");
            match found {
                Some(going) if is_going(&going) => {
                    self.gone(&step.target, key, &going).await?;
                    unless(ErrorKind::Conflict, self.call(make, params).await).map_err(fail)?;
                }
                Some(_) => {}
                // Something else is in the way, such as the other side of a relationship.
                None => drop(self.call(make, params).await.map_err(fail)?),
            }
        }
        self.done(step);
        Ok(())
    }

    /// Drops a column or an index, and waits until it is gone. One that was made meanwhile under the same key is another
    /// push's, and stays.
    pub(super) async fn drop_part<P: Part>(self, step: &Step, live: &P, key: &str) -> Result<()> {
        let Some(now) = self.read_part::<P>(&step.target, key).await? else { return Ok(()) };
        if is_same(&now, live) {
            let dropped = self.call(P::DROP, part(&step.target, key)).await;
            unless(ErrorKind::NotFound, dropped).map_err(|error| failed(&step.target, error))?;
            self.gone(&step.target, key, live).await?;
        }
        // What is made anew is done once it is made.
        if step.action == Action::Drop {
            self.done(step);
        }
        Ok(())
    }

    /// Waits until a column or an index that is being deleted is gone. What failed before keeps saying so until then.
    async fn gone<P: Part>(self, target: &Target, key: &str, going: &P) -> Result<()> {
        let began = Instant::now();
        let timeout = self.options.timeout.unwrap_or(TIMEOUT);
        let [mut pause, longest] = PAUSES;
        let is_stuck = |part: &P| part.status().is_some_and(|status| status.word == "stuck");
        while let Some(now) = self.read_part::<P>(target, key).await? {
            if !is_same(&now, going) {
                break;
            }
            if is_stuck(&now) && !is_stuck(going) {
                let reason = now.status().map(|status| status.error.as_str()).unwrap_or_default();
                let message = format!("the server could not delete it: {reason}");
                return Err(failed(target, CallError::new(ErrorKind::Failed, message)));
            }
            if began.elapsed() > timeout {
                let error = CallError::new(ErrorKind::Timeout, "the server is still deleting it");
                return Err(failed(target, error.with_hint("raise the timeout, or push again later")));
            }
            sleep(pause).await;
            pause = (pause * 3 / 2).min(longest);
        }
        Ok(())
    }

    async fn read_part<P: Part>(self, target: &Target, key: &str) -> Result<Option<P>> {
        match self.call(P::READ, part(target, key)).await {
            Ok(response) => {
                let fields = response.json().map_err(|error| failed(target, error))?;
                P::read(&target.to_string(), fields).map(Some)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(target, error)),
        }
    }
}

/// Whether two reads saw the same one, and not another of the same key.
fn is_same<P: Part>(one: &P, other: &P) -> bool {
    let created = |part: &P| part.status().map(|status| status.created.clone());
    created(one) == created(other)
}

/// The arguments that name a column or an index.
fn part(target: &Target, key: &str) -> Params {
    let (database, table) = target.table().unwrap_or_default();
    params::table(database, table).with("key", key)
}

/// The arguments that give the column on the other side of a relationship its new key.
fn renaming(database: &str, was: &Relationship, becomes: &Relationship) -> Params {
    params::table(database, &was.related_table)
        .with("key", &was.two_way_key)
        .with("newKey", &becomes.two_way_key)
}
