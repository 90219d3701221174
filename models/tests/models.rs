//! Models, unions and enums read the responses of servers of all versions.

use polywrite_models::enums::DatabaseType;
use polywrite_models::models::{
    Column, ColumnList, Database, Jwt, Key, MfaRecoveryCodes, MfaType, OAuth2Github, Preferences, Provider,
    Row, RowList, Session, SessionList, User, VectorsdbAttribute, Webhook,
};
use serde::Deserialize;
use serde_json::{from_str, from_value, json};

#[derive(Debug, Deserialize, PartialEq)]
struct Movie<'a> {
    title: &'a str,
    year: i64,
    #[serde(default)]
    rating: Option<f64>,
}

const ROW: &str = r#"{"$id":"m1","title":"The Matrix","$sequence":"7","year":1999,"$tableId":"movies","$permissions":["read(\"any\")"],"rating":null}"#;

#[test]
fn a_row_keeps_its_own_fields_and_passes_the_others_to_its_data() {
    let row: Row<Movie<'_>> = from_str(ROW).unwrap();
    assert_eq!(row.id, "m1");
    assert_eq!(row.sequence, "7");
    assert_eq!(row.permissions, [r#"read("any")"#]);
    assert_eq!(row.data, Movie { title: "The Matrix", year: 1999, rating: None });
}

#[test]
fn a_row_without_a_type_is_an_object() {
    let rows: RowList = from_str(&format!(r#"{{"total":1,"rows":[{ROW}]}}"#)).unwrap();
    let data = &rows.rows[0].data;
    assert_eq!(data.keys().collect::<Vec<_>>(), ["rating", "title", "year"]);
    assert_eq!(data["year"], 1999);
}

#[test]
fn data_may_be_of_a_type_that_reads_nothing() {
    let row: Row<()> = from_str(ROW).unwrap();
    assert_eq!((row.id.as_str(), row.table_id.as_str()), ("m1", "movies"));
    let row: Row<Option<serde_json::Value>> = from_str(ROW).unwrap();
    assert_eq!(row.data.unwrap()["title"], "The Matrix");
}

#[test]
fn integers_are_exact() {
    #[derive(Deserialize)]
    struct Counter {
        value: i64,
    }
    let row: Row<Counter> = from_str(r#"{"$id":"c","value":9223372036854775807}"#).unwrap();
    assert_eq!(row.data.value, i64::MAX);
    let column: Column = from_str(r#"{"key":"n","type":"bigint","min":-9223372036854775808}"#).unwrap();
    let Column::Bigint(column) = column else { panic!("{column:?}") };
    assert_eq!(column.min, Some(i64::MIN));
}

#[test]
fn floats_are_exact() {
    #[derive(Deserialize)]
    struct Measure {
        value: f64,
    }
    // Any numbers of 64 bits, the same in every run.
    let mut bits = 1_u64;
    for _ in 0..10_000 {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let value = f64::from_bits(bits);
        if value.is_finite() {
            let row: Row<Measure> = from_str(&format!(r#"{{"$id":"m","value":{value:e}}}"#)).unwrap();
            assert_eq!(row.data.value.to_bits(), value.to_bits(), "{value:e}");
        }
    }
}

#[test]
fn missing_null_and_unknown_fields_are_tolerated() {
    let database: Database =
        from_str(r#"{"$id":"d","name":null,"surprise":[1,{"a":2}],"type":"new-kind"}"#).unwrap();
    assert_eq!((database.id.as_str(), database.name.as_str()), ("d", ""));
    assert_eq!(database.r#type, DatabaseType::Unknown("new-kind".to_owned()));
    // The value is the API's own default.
    assert!(database.enabled);
    assert_eq!(from_str::<Database>("{}").unwrap().r#type, DatabaseType::Legacy);
}

#[test]
fn a_missing_model_is_an_empty_one() {
    let user: User = from_str(r#"{"$id":"u"}"#).unwrap();
    assert!(user.prefs.is_empty());
    let user: User<std::collections::HashMap<String, String>> =
        from_str(r#"{"$id":"u","prefs":{"theme":"dark"}}"#).unwrap();
    assert_eq!(user.prefs["theme"], "dark");
    let prefs: Preferences = from_str(r#"{"theme":"dark"}"#).unwrap();
    assert_eq!(prefs["theme"], "dark");
}

#[test]
fn discriminators_choose_the_member_of_a_union() {
    let columns: ColumnList = from_value(json!({ "total": 4, "columns": [
        { "key": "mail", "type": "string", "format": "email" },
        { "key": "name", "type": "string", "size": 20 },
        { "key": "when", "type": "datetime" },
        { "key": "next", "type": "hologram", "depth": 3 },
    ] }))
    .unwrap();
    assert!(matches!(&columns.columns[0], Column::Email(column) if column.key == "mail"));
    assert!(matches!(&columns.columns[1], Column::String(column) if column.size == 20));
    assert!(matches!(&columns.columns[2], Column::Datetime(_)));
    assert!(matches!(&columns.columns[3], Column::Unknown(column) if column["depth"] == 3));

    let vector: VectorsdbAttribute = from_value(json!({ "key": "v", "size": 3 })).unwrap();
    assert!(matches!(vector, VectorsdbAttribute::Vector(_)));
    let object: VectorsdbAttribute = from_value(json!({ "key": "o" })).unwrap();
    assert!(matches!(object, VectorsdbAttribute::Object(_)));
}

#[test]
fn enums_keep_unknown_values() {
    assert_eq!(DatabaseType::from("legacy"), DatabaseType::Legacy);
    assert_eq!(DatabaseType::from("mainframe").to_string(), "mainframe");
    assert_eq!(serde_json::to_string(&DatabaseType::Legacy).unwrap(), r#""legacy""#);
}

#[test]
fn escaped_keys_are_read_too() {
    let row: Row = from_str(r#"{"\u0024id":"m","t\u0069tle":"x"}"#).unwrap();
    assert_eq!((row.id.as_str(), &row.data["title"]), ("m", &json!("x")));
}

#[test]
fn debug_shows_no_secret() {
    fn shown<T: serde::de::DeserializeOwned + std::fmt::Debug>(json: serde_json::Value) -> String {
        let model: T = from_value(json).unwrap();
        format!("{model:?} {model:#?}")
    }
    let session = json!({
        "$id": "s1", "secret": "hidden", "providerAccessToken": "hidden", "providerRefreshToken": "hidden",
        "osName": "Linux",
    });
    let all = [
        shown::<Key>(json!({"$id": "k1", "secret": "hidden"})),
        shown::<Session>(session.clone()),
        shown::<SessionList>(json!({"total": 1, "sessions": [session]})),
        shown::<Jwt>(json!({"jwt": "hidden"})),
        shown::<MfaType>(json!({"secret": "hidden", "uri": "otpauth://totp/a?secret=hidden"})),
        shown::<MfaRecoveryCodes>(json!({"recoveryCodes": ["hidden"]})),
        shown::<User>(json!({"$id": "u1", "password": "hidden"})),
        shown::<Webhook>(json!({"$id": "w1", "secret": "hidden", "authPassword": "hidden"})),
        shown::<OAuth2Github>(json!({"$id": "github", "clientSecret": "hidden"})),
        shown::<Provider>(json!({"$id": "p1", "credentials": {"apiKey": "hidden"}})),
        shown::<Column>(json!({"type": "of next year", "secret": "hidden"})),
    ];
    for text in &all {
        assert!(!text.contains("hidden"), "{text}");
    }
    for text in &all[..all.len() - 1] {
        assert!(text.contains("[redacted]"), "{text}");
    }
    // Everything else is shown as it is, user data too, and an absent secret as absent.
    assert!(all[1].contains(r#"id: "s1""#) && all[1].contains(r#"os_name: "Linux""#), "{}", all[1]);
    assert!(shown::<Session>(json!({})).contains(r#"secret: """#));
    assert!(shown::<Row>(json!({"$id": "r1", "secret": "my own"})).contains("my own"));
    assert!(all[10].contains(r#"Unknown(["secret", "type"])"#), "{}", all[10]);
}

#[test]
fn scalars_of_another_kind_are_read_where_they_mean_the_same() {
    // Appwrite 1.8 numbers its rows in this way.
    let older = ROW.replace(r#""7""#, "7");
    let row: Row<Movie<'_>> = from_str(&older).unwrap();
    assert_eq!((row.sequence.as_str(), row.data.year), ("7", 1999));
    for (text, read) in [("1.5", "1.5"), ("-9223372036854775808", "-9223372036854775808"), ("true", "true")] {
        let database: Database = from_str(&format!(r#"{{"$id":"d","name":{text}}}"#)).unwrap();
        assert_eq!(database.name, read);
    }
    for (total, read) in [(r#""12""#, 12), ("12.0", 12), (r#""1e3""#, 1000), ("-1", -1)] {
        let rows: RowList = from_str(&format!(r#"{{"total":{total},"rows":[]}}"#)).unwrap();
        assert_eq!(rows.total, read);
    }
    for (enabled, read) in [("1", true), ("0", false), (r#""true""#, true), (r#""0""#, false)] {
        let database: Database = from_str(&format!(r#"{{"$id":"d","enabled":{enabled}}}"#)).unwrap();
        assert_eq!(database.enabled, read);
    }
    let database: Database = from_str(r#"{"$id":"d","type":7}"#).unwrap();
    assert_eq!(database.r#type.as_str(), "7");
}

#[test]
fn an_empty_list_is_an_empty_object_where_one_is_due() {
    let user: User = from_str(r#"{"$id":"u","prefs":[],"hashOptions":[]}"#).unwrap();
    assert!(user.prefs.is_empty());
    #[derive(Deserialize)]
    struct Theme {
        #[serde(default)]
        dark: bool,
    }
    let user: User<Theme> = from_str(r#"{"$id":"u","prefs":[]}"#).unwrap();
    assert!(!user.prefs.dark);
    let user: User<Theme> = from_str(r#"{"$id":"u","prefs":{"dark":true}}"#).unwrap();
    assert!(user.prefs.dark);
    let rows: RowList = from_str(r#"{"total":1,"rows":[[]]}"#).unwrap();
    assert_eq!(rows.rows[0].id, "");
    let sessions: SessionList = from_str(r#"{"total":1,"sessions":[[]]}"#).unwrap();
    assert_eq!(sessions.sessions[0].id, "");
}

#[test]
fn values_with_another_meaning_are_errors_that_name_what_was_due() {
    for (text, wanted) in [
        (r#"{"$id":[1]}"#, "expected a text"),
        (r#"{"name":{}}"#, "expected a text"),
        (r#"{"enabled":2}"#, "expected true or false"),
        (r#"{"enabled":"yes"}"#, "expected true or false"),
    ] {
        let error = from_str::<Database>(text).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    }
    for total in ["2.5", r#""many""#, "true", "[]", "1e30"] {
        let error = from_str::<RowList>(&format!(r#"{{"total":{total}}}"#)).unwrap_err().to_string();
        assert!(error.contains("expected a whole number"), "{error}");
    }
    assert!(from_str::<RowList>(r#"{"rows":{"a":1}}"#).is_err());
    assert!(from_str::<User>("[1]").is_err());
    // The user's own data is not converted.
    assert!(from_str::<Row<Movie<'_>>>(&ROW.replace("1999", r#""1999""#)).is_err());
}

#[test]
fn of_a_key_that_comes_twice_the_last_value_counts() {
    let database: Database = from_str(r#"{"$id":"a","$id":"b"}"#).unwrap();
    assert_eq!(database.id, "b");
    let row: Row = from_str(r#"{"$id":"a","x":1,"$id":"b","x":2}"#).unwrap();
    assert_eq!((row.id.as_str(), &row.data["x"]), ("b", &json!(2)));
}
