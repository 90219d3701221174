//! Relationships: both sides always agree.

use serde_json::{Value, json};

use crate::caller::{Caller, start};

const AUTHORS: &str = "/tablesdb/d/tables/authors/rows";
const BOOKS: &str = "/tablesdb/d/tables/books/rows";

/// Authors, who have books, which have an author.
async fn library(root: &Caller, on_delete: &str) {
    root.post("/tablesdb", json!({"databaseId": "d", "name": "D"})).await;
    for table in ["authors", "books"] {
        root.post("/tablesdb/d/tables", json!({"tableId": table, "name": table})).await;
        root.column(table, "string", json!({"key": "name", "size": 20})).await;
    }
    let column = json!({
        "key": "books", "relatedTableId": "books", "type": "oneToMany", "twoWay": true, "twoWayKey": "author",
        "onDelete": on_delete,
    });
    root.column("authors", "relationship", column).await;
    root.settled("/tablesdb/d/tables/books/columns/author").await;
}

async fn books_of(root: &Caller, author: &str) -> Vec<String> {
    let select = "queries[0]={%22method%22:%22select%22,%22values%22:[%22books.*%22]}";
    let (_, row) = root.get(&format!("{AUTHORS}/{author}?{select}")).await;
    let books = row["books"].as_array().unwrap_or_else(|| panic!("a list: {row}"));
    books.iter().map(|book| book["$id"].as_str().unwrap().to_owned()).collect()
}

async fn author_of(root: &Caller, book: &str) -> Value {
    let select = "queries[0]={%22method%22:%22select%22,%22values%22:[%22author.*%22]}";
    root.get(&format!("{BOOKS}/{book}?{select}")).await.1["author"]["$id"].clone()
}

#[tokio::test]
async fn both_sides_agree() {
    let (_emulator, root) = start().await;
    library(&root, "setNull").await;
    let books = json!([{"$id": "one", "name": "One"}, {"$id": "two", "name": "Two"}]);
    root.post(AUTHORS, json!({"rowId": "ada", "data": {"books": books}})).await;
    root.post(AUTHORS, json!({"rowId": "bob", "data": {"name": "Bob"}})).await;
    assert_eq!(author_of(&root, "two").await, "ada");

    root.patch(&format!("{AUTHORS}/bob"), json!({"data": {"books": ["two"]}})).await;
    assert_eq!(
        (books_of(&root, "ada").await, books_of(&root, "bob").await),
        (vec!["one".into()], vec!["two".into()])
    );
    root.patch(&format!("{BOOKS}/one"), json!({"data": {"author": "bob"}})).await;
    assert_eq!((books_of(&root, "ada").await.len(), books_of(&root, "bob").await.len()), (0, 2));
    root.patch(&format!("{BOOKS}/one"), json!({"data": {"author": null}})).await;
    assert_eq!(books_of(&root, "bob").await, ["two"]);
    root.patch(&format!("{AUTHORS}/bob"), json!({"data": {"books": []}})).await;
    assert_eq!(author_of(&root, "two").await, Value::Null);
}

fn equal(attribute: &str, value: &str) -> Value {
    json!({"method": "equal", "attribute": attribute, "values": [value]})
}

#[tokio::test]
async fn columns_of_related_rows_can_be_asked_about() {
    let (_emulator, root) = start().await;
    library(&root, "setNull").await;
    for (author, name, books) in [("ada", "Ada", ["One", "Two"]), ("bob", "Bob", ["Two", "Three"])] {
        let books: Vec<Value> =
            books.iter().map(|book| json!({"$id": format!("{author}-{book}"), "name": book})).collect();
        root.post(AUTHORS, json!({"rowId": author, "data": {"name": name, "books": books}})).await;
    }
    root.post(BOOKS, json!({"rowId": "alone", "data": {"name": "Alone"}})).await;

    assert_eq!(root.found(BOOKS, &[equal("author.name", "Ada")]).await, ["ada-One", "ada-Two"]);
    assert_eq!(root.found(AUTHORS, &[equal("books.name", "Two")]).await, ["ada", "bob"]);
    assert_eq!(root.found(AUTHORS, &[equal("books.$id", "bob-Two")]).await, ["bob"]);
    // Two conditions of one list are about the same row.
    let both = [equal("books.name", "Two"), equal("books.$id", "ada-Two")];
    assert_eq!(root.found(AUTHORS, &both).await, ["ada"]);
    assert!(
        root.found(AUTHORS, &[equal("books.name", "Two"), equal("books.$id", "ada-One")]).await.is_empty()
    );
    let either = json!({"method": "or", "values": [equal("books.name", "One"), equal("name", "Bob")]});
    assert_eq!(root.found(AUTHORS, &[either]).await, ["ada", "bob"]);
    let siblings = [equal("author.books.name", "Three"), equal("name", "Two")];
    assert_eq!(root.found(BOOKS, &siblings).await, ["bob-Two"]);
    assert!(root.found(BOOKS, &[equal("author.name", "Eve")]).await.is_empty());

    for path in ["author.nope", "author.books.author.books.name", "nope.name"] {
        assert_eq!(
            root.refused(BOOKS, &equal(path, "x")).await,
            format!("Invalid query: Attribute not found in schema: {path}")
        );
    }
}

#[tokio::test]
async fn a_condition_about_related_rows_is_refused_as_one_about_the_own() {
    let (_emulator, root) = start().await;
    library(&root, "setNull").await;
    root.column("authors", "integer", json!({"key": "born"})).await;
    root.column("authors", "boolean", json!({"key": "living"})).await;
    root.post(AUTHORS, json!({"rowId": "ada", "data": {"name": "Ada", "born": 1815, "living": false, "books": [{"$id": "one"}]}}))
        .await;
    let query = |method: &str, attribute: &str, values: Value| json!({"method": method, "attribute": attribute, "values": values});
    assert_eq!(root.found(BOOKS, &[query("lessThan", "author.born", json!([1900]))]).await, ["one"]);
    assert_eq!(root.found(BOOKS, &[query("equal", "author.living", json!([false]))]).await, ["one"]);
    assert_eq!(root.found(BOOKS, &[query("isNotNull", "author.$id", json!([]))]).await, ["one"]);
    for (attribute, values) in [
        ("born", json!(["1815"])),
        ("born", json!([1815, "1816"])),
        ("living", json!(["no"])),
        ("name", json!([5])),
        ("$id", json!([5])),
        ("books.author.born", json!([true])),
    ] {
        for (table, path) in [(AUTHORS, attribute.to_owned()), (BOOKS, format!("author.{attribute}"))] {
            let wrong = query("equal", &path, values.clone());
            let refused = format!("Invalid query: Query value is invalid for attribute \"{path}\"");
            assert_eq!(root.refused(table, &wrong).await, refused);
            let inside = json!({"method": "or", "values": [equal("name", "x"), wrong]});
            assert_eq!(root.refused(table, &inside).await, refused);
        }
    }
    for (table, path) in [(AUTHORS, "name"), (BOOKS, "author.name")] {
        let search = query("search", path, json!(["ada"]));
        let refused = format!("Searching by attribute \"{path}\" requires a fulltext index.");
        assert_eq!(root.refused(table, &search).await, refused);
    }
    root.post(
        "/tablesdb/d/tables/authors/indexes",
        json!({"key": "names", "type": "fulltext", "columns": ["name"]}),
    )
    .await;
    root.settled("/tablesdb/d/tables/authors/indexes/names").await;
    assert_eq!(root.found(BOOKS, &[query("search", "author.name", json!(["ada"]))]).await, ["one"]);
    // Rows have no order by what others have.
    let order = json!({"method": "orderAsc", "attribute": "author.name"});
    assert_eq!(root.refused(BOOKS, &order).await, "Invalid query: Cannot order by nested attribute: author");
}

#[tokio::test]
async fn a_table_takes_its_relationships_with_it() {
    let (_emulator, root) = start().await;
    library(&root, "setNull").await;
    root.post(BOOKS, json!({"rowId": "one", "data": {"name": "One", "author": {"$id": "ada"}}})).await;
    assert_eq!(root.delete("/tablesdb/d/tables/authors", Value::Null).await, 204);
    let (_, columns) = root.get("/tablesdb/d/tables/books/columns").await;
    assert_eq!((&columns["total"], &columns["columns"][0]["key"]), (&json!(1), &json!("name")));
    let (status, book) = root.get(&format!("{BOOKS}/one")).await;
    assert_eq!((status, &book["name"], book.get("author")), (200, &json!("One"), None));
}

#[tokio::test]
async fn an_impossible_relationship_is_an_error() {
    let (_emulator, root) = start().await;
    library(&root, "setNull").await;
    for books in [json!(5), json!("one"), json!([5])] {
        let error = root.error_of(AUTHORS, json!({"rowId": "ada", "data": {"books": books}})).await;
        assert_eq!(error, (400, "relationship_value_invalid".to_owned()));
    }
    let path = "/tablesdb/d/tables/authors/columns/relationship";
    let nowhere = json!({"key": "x", "relatedTableId": "nowhere", "type": "oneToOne"});
    assert_eq!(root.error_of(path, nowhere).await, (404, "table_not_found".to_owned()));
    let used = json!({"key": "x", "relatedTableId": "books", "type": "oneToOne", "twoWay": true, "twoWayKey": "name"});
    assert_eq!(root.error_of(path, used).await.0, 409);
    assert_eq!(
        root.get("/tablesdb/d/tables/authors/columns/x").await.0,
        404,
        "no half of a relationship stays"
    );
}

#[tokio::test]
async fn the_relationship_decides_what_deleting_does() {
    for (on_delete, status, author, book) in
        [("restrict", 403, 200, 200), ("cascade", 204, 404, 404), ("setNull", 204, 404, 200)]
    {
        let (_emulator, root) = start().await;
        library(&root, on_delete).await;
        root.post(AUTHORS, json!({"rowId": "ada", "data": {"books": [{"$id": "one"}]}})).await;
        let path = format!("{AUTHORS}/ada");
        assert_eq!(root.delete(&path, Value::Null).await, status, "{on_delete}");
        assert_eq!((root.get(&path).await.0, root.get(&format!("{BOOKS}/one")).await.0), (author, book));
        assert_eq!(root.delete("/tablesdb/d/tables/authors/columns/books", Value::Null).await, 204);
        assert_eq!(root.get("/tablesdb/d/tables/books/columns/author").await.0, 404);
    }
}

#[tokio::test]
async fn permissions_hold_across_relationships() {
    let (_emulator, root) = start().await;
    library(&root, "setNull").await;
    let open = json!({"name": "authors", "permissions": ["read(\"any\")", "create(\"users\")", "update(\"users\")"]});
    assert_eq!(root.send(reqwest::Method::PUT, "/tablesdb/d/tables/authors", open).await.0, 200);
    root.post("/users", json!({"userId": "eve"})).await;
    let session = root.post("/users/eve/sessions", json!({})).await;
    let eve = root.with("x-appwrite-session", &session["secret"]);
    root.post(AUTHORS, json!({"rowId": "ada", "data": {"books": [{"$id": "one", "name": "One"}]}})).await;

    assert_eq!(books_of(&root, "ada").await, ["one"]);
    assert_eq!(root.found(AUTHORS, &[equal("books.name", "One")]).await, ["ada"]);
    assert!(eve.found(AUTHORS, &[equal("books.name", "One")]).await.is_empty());
    assert!(books_of(&eve, "ada").await.is_empty(), "what may not be read is not seen from elsewhere either");
    let new = json!({"rowId": "new", "data": {"books": [{"$id": "two"}]}});
    assert_eq!(eve.error_of(AUTHORS, new).await, (401, "user_unauthorized".to_owned()));
    let change = json!({"data": {"books": [{"$id": "one", "name": "Hers"}]}});
    assert_eq!(eve.patch(&format!("{AUTHORS}/ada"), change).await.0, 401);
    assert_eq!(root.get(&format!("{BOOKS}/one")).await.1["name"], "One");
    assert_eq!(root.get(&format!("{BOOKS}/two")).await.0, 404);
}

#[tokio::test]
async fn updates_return_related_rows() {
    let (_emulator, root) = start().await;
    library(&root, "setNull").await;
    root.post(AUTHORS, json!({"rowId": "ada", "data": {"books": [{"$id": "one", "name": "One"}]}})).await;
    let (_, updated) = root.patch(&format!("{AUTHORS}/ada"), json!({"data": {"name": "Ada"}})).await;
    assert_eq!((&updated["name"], &updated["books"][0]["name"]), (&json!("Ada"), &json!("One")));
    let (_, updated) = root.patch(&format!("{BOOKS}/one"), json!({"data": {"name": "Two"}})).await;
    assert_eq!(updated["author"]["$id"], "ada");
}

#[tokio::test]
async fn rows_older_than_a_relationship_have_null_in_it() {
    let (_emulator, root) = start().await;
    root.post("/tablesdb", json!({"databaseId": "d", "name": "D"})).await;
    for (table, rows) in [("authors", AUTHORS), ("books", BOOKS)] {
        root.post("/tablesdb/d/tables", json!({"tableId": table, "name": table})).await;
        root.column(table, "string", json!({"key": "name", "size": 20})).await;
        root.post(rows, json!({"rowId": "old", "data": {"name": "Old"}})).await;
    }
    let column = json!({
        "key": "author", "relatedTableId": "authors", "type": "manyToOne", "twoWay": true, "twoWayKey": "books",
    });
    root.column("books", "relationship", column).await;
    root.settled("/tablesdb/d/tables/authors/columns/books").await;
    assert_eq!(author_of(&root, "old").await, Value::Null);
    assert!(books_of(&root, "old").await.is_empty());
    // An update does not return a relationship that was never set.
    let (_, book) = root.patch(&format!("{BOOKS}/old"), json!({"data": {"name": "New"}})).await;
    assert_eq!(book.get("author"), None);
}

#[tokio::test]
async fn a_row_may_lose_many_others_at_once() {
    const MANY: usize = 1500;
    let (_emulator, root) = start().await;
    library(&root, "setNull").await;
    let books: Vec<Value> = (0..MANY).map(|id| json!({"$id": format!("b{id}")})).collect();
    let ids: Vec<String> = (0..MANY).map(|id| format!("b{id}")).collect();
    root.post(AUTHORS, json!({"rowId": "ada", "data": {"books": books}})).await;
    root.post(AUTHORS, json!({"rowId": "bob", "data": {"name": "Bob", "books": ids}})).await;
    assert_eq!((books_of(&root, "ada").await.len(), books_of(&root, "bob").await.len()), (0, MANY));
}
