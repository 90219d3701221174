//! API keys: minting one with few scopes, and what it may not do.

use polywrite::{
    Client, ErrorKind, Id,
    enums::ProjectKeyScopes as Scope,
    services::{Functions, Project, TablesDB},
};

use crate::{
    Outcome, chapter,
    data::{Film, Films},
    tidy::Made,
};

/// Mints a key that can do what this program does and nothing else.
pub(crate) async fn narrow_key(admin: &Client, made: &mut Made) -> Outcome<Client> {
    chapter("A key of our own");
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
    let id = made.key.insert(Id::unique());
    let key = Project::new(admin).create_key(id.as_str(), "Demo", scopes).await?;
    println!("  minted \"{}\" with {count} scopes; its secret stays in memory", key.name);
    let client = admin.with_key(key.secret)?;
    assert!(format!("{client:?}").contains("[redacted]"));
    Ok(client)
}

/// Shows the errors a program meets, and how they help.
pub(crate) async fn what_goes_wrong(server: &Client, films: &Films) -> Outcome {
    chapter("What goes wrong, and how it is told");
    let missing = Functions::new(server).list().await.expect_err("the key has no scope for functions");
    assert_eq!(missing.kind(), ErrorKind::MissingScope);
    println!("  without the scope: {missing}");
    let wrong = TablesDB::new(server).get_row::<Film>(&films.database, &films.table, "no-such-film").await;
    println!("  a wrong ID:        {}", wrong.expect_err("there is no such row"));
    let hostile = TablesDB::new(server).get_row::<Film>(&films.database, &films.table, "..").await;
    println!("  a hostile ID:      {}", hostile.expect_err("this never leaves the process"));
    Ok(())
}
