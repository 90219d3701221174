//! API keys: makes one with few scopes, and shows what it may not do.

use polywrite::{
    Client, ErrorKind, Id,
    enums::ProjectKeyScopes as Scope,
    services::{Functions, Project, TablesDB},
};

use crate::{
    Outcome,
    data::{Film, Films},
    ensure,
    tidy::{Made, name},
};

/// Makes a key that can do what this program does and nothing else.
pub(crate) async fn narrow_key(admin: &Client, made: &mut Made) -> Outcome<Client> {
    let scopes = [
        Scope::DatabasesWrite,
        Scope::TablesRead,
        Scope::TablesWrite,
        Scope::ColumnsRead,
        Scope::ColumnsWrite,
        Scope::RowsRead,
        Scope::RowsWrite,
        Scope::BucketsWrite,
        Scope::FilesRead,
        Scope::FilesWrite,
        Scope::UsersWrite,
        Scope::SessionsWrite,
    ];
    let count = scopes.len();
    let id = Id::unique();
    made.keys.push((admin.clone(), id.clone()));
    let key = Project::new(admin).create_key(id, name(), scopes).await?;
    println!("  made \"{}\" with {count} scopes; its secret stays in memory", key.name);
    let client = admin.with_key(key.secret)?;
    ensure(format!("{client:?}").contains("[redacted]"), "a printed client shows no key")?;
    Ok(client)
}

/// Shows the error of a key that lacks a scope.
pub(crate) async fn beyond_the_scopes(client: &Client) -> Outcome {
    match Functions::new(client).list().await {
        Err(error) if error.kind() == ErrorKind::MissingScope => println!("  without the scope: {error}"),
        other => Err(format!("a key without the scope for functions got {other:?}"))?,
    }
    Ok(())
}

/// Shows the errors of wrong IDs; the hostile one is never sent.
pub(crate) async fn wrong_rows(server: &Client, films: &Films) -> Outcome {
    let tables = TablesDB::new(server);
    for (what, id) in [("a wrong ID:       ", "no-such-film"), ("a hostile ID:     ", "..")] {
        match tables.get_row::<Film>(&films.database, &films.table, id).await {
            Err(error) => println!("  {what} {error}"),
            Ok(row) => Err(format!("there is no row {id}, but the server sent {row:?}"))?,
        }
    }
    Ok(())
}
