//! Wishes to rename columns, as a command line writes them: `films.yeer=year`.

use crate::{
    error::{Error, Result},
    model::{Column, Schema},
};

impl Schema {
    /// Takes a wish to rename a column: `TABLE.OLD=NEW`, or `DATABASE.TABLE.OLD=NEW` where several databases have such a
    /// table. The schema has the column by its new key already.
    ///
    /// # Errors
    /// [`Error::Invalid`] for another text, and when not exactly one table has such a column.
    pub fn rename(&mut self, wish: &str) -> Result<()> {
        let refused = |message: &str| Error::invalid(format!("rename {wish}"), message);
        let form = || refused("write it as TABLE.OLD=NEW, or DATABASE.TABLE.OLD=NEW");
        let (path, new) = wish.split_once('=').ok_or_else(form)?;
        let (path, old) = path.rsplit_once('.').ok_or_else(form)?;
        let mut found: Vec<&mut Column> = Vec::new();
        for database in &mut self.databases {
            // Both IDs may have dots in them.
            let of_database = path.strip_prefix(&*database.id).and_then(|rest| rest.strip_prefix('.'));
            let tables = database.tables.iter_mut();
            let tables = tables.filter(|table| table.id == path || Some(&*table.id) == of_database);
            found.extend(tables.flat_map(|table| &mut table.columns).filter(|column| column.key == new));
        }
        match found.as_mut_slice() {
            [column] => {
                column.previous_key = Some(old.to_owned());
                Ok(())
            }
            [] => Err(refused("no table of this ID has a column with the new key")),
            _ => Err(refused("several databases have such a table: write the database's ID too")),
        }
    }
}
