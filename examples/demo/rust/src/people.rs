//! Visitors: signing up, signing in, and acting as one of them.

use polywrite::{
    Client, Id, Query,
    services::{Account, TablesDB, Users},
};

use crate::Outcome;
use crate::data::{Film, Films};
use crate::tidy::{Made, mail_of};

/// A user who can sign in.
pub(crate) struct Visitor {
    pub(crate) id: String,
    name: &'static str,
    email: String,
    password: String,
}

/// Creates two users.
pub(crate) async fn sign_up(server: &Client, made: &mut Made) -> Outcome<Vec<Visitor>> {
    let users = Users::new(server);
    let mut visitors = Vec::new();
    for name in ["Ada", "Grace"] {
        let id = Id::unique();
        made.users.push((server.clone(), id.clone()));
        let visitor = Visitor { email: mail_of(&id), password: Id::unique(), id, name };
        users
            .create(&visitor.id)
            .email(&visitor.email)
            .password(&visitor.password)
            .name(visitor.name)
            .await?;
        println!("  {name} has an account");
        visitors.push(visitor);
    }
    Ok(visitors)
}

/// Signs a visitor in, as a web server would, and reads the table with the visitor's own session.
pub(crate) async fn act_as(server: &Client, films: &Films, visitor: &Visitor) -> Outcome {
    let session =
        Account::new(server).create_email_password_session(&visitor.email, &visitor.password).await?;
    let client = server.with_session(session.secret)?;
    let me = Account::new(&client).get().await?;
    println!("  signed in: the session client is {}", me.name);
    let rows = TablesDB::new(&client)
        .list_rows::<Film>(&films.database, &films.table)
        .queries([Query::limit(1)])
        .await?;
    println!("  {} may read {} of the rows; the key reads all of them", visitor.name, rows.total);
    Account::new(&client).delete_session("current").await?;
    println!("  signed out");
    Ok(())
}
