//! Indexes: made and dropped. None can be changed.

use crate::{
    error::Result,
    model::Index,
    plan::{Step, Thing},
};

use super::{apply::Push, params};

impl Push<'_> {
    pub(super) async fn make_index(self, step: &Step) -> Result<()> {
        let (Some(Thing::Index(wanted)), Some((database, table))) = (&step.wanted, step.target.table())
        else {
            return Ok(());
        };
        let mut params = params::table(database, table)
            .with("key", &wanted.key)
            .with("type", &wanted.kind)
            .with("columns", &wanted.columns);
        if !wanted.orders.is_empty() {
            // A server takes a direction for each column or none at all.
            let open =
                |order: &String| if order.is_empty() { "asc".to_owned() } else { order.to_lowercase() };
            params.set("orders", &wanted.orders.iter().map(open).collect::<Vec<_>>());
        }
        if !wanted.lengths.is_empty() {
            params.set("lengths", &wanted.lengths);
        }
        self.make_part::<Index>(step, "tablesDB.createIndex", params).await
    }

    pub(super) async fn drop_index(self, step: &Step) -> Result<()> {
        let Some(Thing::Index(live)) = &step.live else { return Ok(()) };
        self.drop_part(step, live, &live.key).await
    }
}
