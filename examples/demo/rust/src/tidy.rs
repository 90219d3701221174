//! What the story made and takes away again, however it ends.

use polywrite::services::{Project, Storage, TablesDB, Users};
use polywrite::{Client, Error, ErrorKind};

/// IDs of what was made.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) key: Option<String>,
    pub(crate) users: Vec<String>,
    pub(crate) database: Option<String>,
    pub(crate) bucket: Option<String>,
}

/// Deletes it all with the owner's client.
pub(crate) async fn tidy(admin: &Client, made: Made) -> Result<(), Error> {
    if let Some(database) = made.database {
        gone(TablesDB::new(admin).delete(database).await)?;
    }
    if let Some(bucket) = made.bucket {
        gone(Storage::new(admin).delete_bucket(bucket).await)?;
    }
    for user in made.users {
        gone(Users::new(admin).delete(user).await)?;
    }
    if let Some(key) = made.key {
        gone(Project::new(admin).delete_key(key).await)?;
    }
    Ok(())
}

/// The ID is noted before the thing is made, so it may never have been.
fn gone(deleted: Result<(), Error>) -> Result<(), Error> {
    match deleted {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
