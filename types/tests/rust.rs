//! Types in Rust: they compile, fit rows of a real server, and work with the emulator.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

#[rustfmt::skip]
#[path = "../../tests/types/written/cinema.rs"]
mod cinema;
#[rustfmt::skip]
#[path = "../../tests/types/written/long.rs"]
mod long;
#[allow(unreachable_pub, reason = "a program is a module of its own")]
#[path = "../../tests/types/programs/right.rs"]
mod right;

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use cinema::{Author, Cinema, Hall, HallClass, Movie, MovieChanges, NewAuthor, NewEmpty, NewHall, NewMovie};
use polywrite::{
    Client, ErrorKind, Operator, Response,
    models::{Row, RowList},
    operation,
    services::TablesDB,
    table::{Link, TableQuery},
};
use polywrite_emulator::{Project, ProjectOptions};
use serde_json::{Value, json};

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/types").join(name)).unwrap()
}

#[test]
fn the_files_are_formatted_as_rustfmt_does_it() {
    // Outside of this repository, which has settings of its own.
    let folder = tempfile::tempdir().unwrap();
    for name in ["cinema.rs", "long.rs"] {
        let text = read(&format!("written/{name}"));
        let file = folder.path().join(name);
        fs::write(&file, &text).unwrap();
        assert!(Command::new("rustfmt").args(["--edition", "2024"]).arg(&file).status().unwrap().success());
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}

#[test]
fn rows_of_a_real_server_fit_their_types() {
    let recorded: BTreeMap<String, BTreeMap<String, Value>> =
        serde_json::from_str(&read("rows.json")).unwrap();
    let row =
        |name: &str| serde_json::from_value::<Row<Movie>>(recorded["movies"][name].clone()).unwrap().data;
    let first = row("row-get");
    assert_eq!((first.title.as_str(), first.location), ("The First", Some([12.5, 41.9])));
    assert_eq!((first.big, first.tags.len()), (Some(9_007_199_254_740_993), 2));
    let minimal = row("row-create-minimal");
    assert_eq!((minimal.year, minimal.plot, minimal.tags.len()), (Some(1999), None, 0));
    let author =
        |name: &str| serde_json::from_value::<Row<Author>>(recorded["authors"][name].clone()).unwrap().data;
    assert!(author("row-get-relationship").movies.is_none());
    let movies = author("row-create-relationship").movies.unwrap();
    assert_eq!((movies[0].id.as_str(), movies[1].data.title.as_str()), ("m1", "Movie number 2"));
}

#[test]
fn a_row_that_does_not_fit_says_where() {
    let recorded: Value = serde_json::from_str(&read("rows.json")).unwrap();
    let misfits: Vec<Value> = serde_json::from_str(&read("misfits.json")).unwrap();
    for case in misfits {
        let column = case["column"].as_str().unwrap();
        let mut row = recorded["movies"]["row-get"].clone();
        row.as_object_mut().unwrap().remove(column);
        if let Some(value) = case.get("value") {
            row[column] = value.clone();
        }
        let body = json!({ "total": 2, "rows": [recorded["movies"]["row-create-minimal"], row] }).to_string();
        let response = Response::of_json(operation("tablesDB.listRows").unwrap(), body);
        let error = response.json::<RowList<Movie>>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let message = error.message();
        let row = if case["value"].is_object() { "a1" } else { "m1" };
        // A related row without the metadata of a row is a part of the one that it belongs to.
        let row = if case["value"].get("$tableId").is_some() { row } else { "m1" };
        assert!(message.starts_with(&format!("the row `{row}` does not fit its type: ")), "{message}");
        assert!(message.contains(&format!("`{column}`")), "{message}");
    }
}

/// A client of a project with the tables.
async fn client(project: &Project) -> polywrite::Result<Client> {
    let client =
        Client::builder().endpoint(project.endpoint()).project(project.id()).key(project.key()).build()?;
    for table in ["movies", "halls"] {
        TablesDB::new(&client).wait_for_table("cinema", table).await?;
    }
    Ok(client)
}

fn project() -> Project {
    let seed: Value = serde_json::from_str(&read("seed.json")).unwrap();
    Project::new(ProjectOptions::seed(seed)).unwrap()
}

#[tokio::test]
async fn programs_run() -> polywrite::Result<()> {
    let project = project();
    let client = client(&project).await?;
    let cinema = Cinema::new(&client);
    cinema.authors.create_row_as("a1", &NewAuthor::new("Ada")).await?;
    for id in ["b", "c"] {
        let old = NewMovie { year: Some(1984), author: Some(Link::to("a1")), ..NewMovie::new("Old") };
        cinema.movies.create_row_as(id, &old).await?;
    }
    let titles = right::tables(&client).await?;
    assert!(titles.iter().any(|title| title == "New"), "{titles:?}");
    assert_eq!(right::calls(&TablesDB::new(&client)).await?, "Old New");
    let refused = right::others(&cinema).await.unwrap_err();
    assert!(refused.message().contains("relationship"), "{refused}");
    Ok(())
}

#[tokio::test]
async fn tables_work_with_the_emulator() -> polywrite::Result<()> {
    let project = project();
    let client = client(&project).await?;
    let cinema = Cinema::new(&client);
    let ada = cinema.authors.create_row_as("a1", &NewAuthor::new("Ada")).await?;
    let new = NewMovie {
        big: Some(9_007_199_254_740_993),
        location: Some([1.0, 2.0]),
        author: Some(Link::to(&ada.id)),
        ..NewMovie::new("New")
    };
    let made = cinema.movies.create_row(&new).await?;
    assert_eq!((made.data.year, made.data.big, made.data.tags.len()), (Some(2000), new.big, 0));
    let changes = MovieChanges::default().year(Operator::increment(2, None)?).tags(["a"]).plot(None);
    cinema.movies.update_row(&made.id, &changes).await?;
    let found =
        cinema.movies.list_rows([Movie::YEAR.equal([2002, 2003]), Movie::AUTHOR.select_all()]).await?;
    let author = found.rows[0].data.author.as_ref().map(|author| author.data.name.as_str());
    assert_eq!((author, found.rows[0].data.tags.as_slice()), (Some("Ada"), ["a".to_owned()].as_slice()));
    let hall = NewHall {
        route: Some(vec![[1.0, 2.0], [3.0, 4.0]]),
        favourite: Some(Link::to(&made.id)),
        ..NewHall::new("", 1, 2.0, true, HallClass::SecondClass, "2026-01-01")
    };
    assert_eq!(cinema.halls.upsert_row("h1", &hall).await?.data.class, HallClass::SecondClass);
    let favourite = cinema.halls.get_row_with("h1", Hall::FAVOURITE).await?.data.favourite;
    assert_eq!(favourite.map(|movie| movie.data.title).as_deref(), Some("New"));
    assert_eq!(Movie::AUTHOR.column(Author::NAME).key(), "author.name");
    let refused = cinema.transaction().run(async |staged: Cinema| {
        staged.halls.delete_row("h1").await?;
        Err::<(), _>(polywrite::Error::argument("no"))
    });
    assert!(refused.await.is_err());
    let staged = cinema.transaction().run(async |staged: Cinema| staged.halls.get_row("h1").await);
    assert_eq!(staged.await?.id, "h1");
    assert_eq!(cinema.empty.bulk_create_rows([NewEmpty {}, NewEmpty {}]).await?.written, 2);
    let ids: Vec<String> =
        cinema.empty.list_rows([TableQuery::limit(5)]).await?.rows.into_iter().map(|row| row.id).collect();
    assert_eq!(cinema.empty.bulk_upsert_rows([(ids[0].clone(), NewEmpty {})]).await?.written, 1);
    assert_eq!(cinema.empty.bulk_delete_rows().write(&ids).await?.written, 2);
    Ok(())
}
