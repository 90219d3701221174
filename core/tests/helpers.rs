//! Query, Operator, Permission, Role, Topic and Id against the fact table's templates; webhooks.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test that fails may panic")]

#[path = "helpers/facts.rs"]
mod facts;
#[cfg(feature = "services")]
#[path = "helpers/webhooks.rs"]
mod webhooks;

use std::collections::HashSet;
use std::process::Command;

use facts::Facts;
use polywrite::{Condition, ErrorKind, Id, Join, Operator, Permission, Query, Role, Topic};
use serde_json::json;

#[test]
fn queries_match_the_facts() {
    let facts = Facts::read("Query");
    let line = || json!([[1.5, 2], [3, 4.25]]);
    let nested = || [Query::equal("a", 1), Query::is_null("b")];
    let nested_text = json!([Query::equal("a", 1), Query::is_null("b")]);
    let mut seen = HashSet::new();
    let mut check = |name: &str, arguments: serde_json::Value, query: Query| {
        assert_eq!(query.as_str(), facts.expected(name, &arguments), "{name}");
        seen.insert(name.to_owned());
    };

    check("equal", json!({"attribute": "year", "value": 1999}), Query::equal("year", 1999));
    check("equal", json!({"attribute": "year", "value": [1999, 2000]}), Query::equal("year", [1999, 2000]));
    check("equal", json!({"attribute": "year", "value": []}), Query::equal("year", json!([])));
    check("equal", json!({"attribute": "a\"b\\", "value": "é\n"}), Query::equal("a\"b\\", "é\n"));
    check("equal", json!({"attribute": "n", "value": i64::MAX}), Query::equal("n", i64::MAX));
    check("equal", json!({"attribute": "n", "value": i64::MIN}), Query::equal("n", i64::MIN));
    check("equal", json!({"attribute": "n", "value": 0.1}), Query::equal("n", 0.1));
    check("equal", json!({"attribute": "n", "value": null}), Query::equal("n", ()));
    check("notEqual", json!({"attribute": "on", "value": true}), Query::not_equal("on", true));
    check("regex", json!({"attribute": "t", "pattern": "^a.*"}), Query::regex("t", "^a.*"));
    check("lessThan", json!({"attribute": "n", "value": 5}), Query::less_than("n", 5));
    check("lessThanEqual", json!({"attribute": "n", "value": 5}), Query::less_than_equal("n", 5));
    check("greaterThan", json!({"attribute": "n", "value": 5}), Query::greater_than("n", 5));
    check("greaterThanEqual", json!({"attribute": "n", "value": 5}), Query::greater_than_equal("n", 5));
    check("isNull", json!({"attribute": "n"}), Query::is_null("n"));
    check("isNotNull", json!({"attribute": "n"}), Query::is_not_null("n"));
    check("exists", json!({"attributes": ["a", "b"]}), Query::exists(["a", "b"]));
    check("notExists", json!({"attributes": ["a"]}), Query::not_exists(["a"]));
    check("between", json!({"attribute": "n", "start": 1, "end": 2.5}), Query::between("n", 1, 2.5));
    check(
        "notBetween",
        json!({"attribute": "n", "start": "a", "end": "b"}),
        Query::not_between("n", "a", "b"),
    );
    check("startsWith", json!({"attribute": "t", "value": "a"}), Query::starts_with("t", "a"));
    check("notStartsWith", json!({"attribute": "t", "value": "a"}), Query::not_starts_with("t", "a"));
    check("endsWith", json!({"attribute": "t", "value": "a"}), Query::ends_with("t", "a"));
    check("notEndsWith", json!({"attribute": "t", "value": "a"}), Query::not_ends_with("t", "a"));
    check("search", json!({"attribute": "t", "value": "a b"}), Query::search("t", "a b"));
    check("notSearch", json!({"attribute": "t", "value": "a b"}), Query::not_search("t", "a b"));
    check("contains", json!({"attribute": "t", "value": ["a", "b"]}), Query::contains("t", ["a", "b"]));
    check("containsAny", json!({"attribute": "t", "value": ["a"]}), Query::contains_any("t", ["a"]));
    check("containsAll", json!({"attribute": "t", "value": ["a"]}), Query::contains_all("t", vec!["a"]));
    check("notContains", json!({"attribute": "t", "value": "a"}), Query::not_contains("t", "a"));
    check("createdBefore", json!({"value": "2026-01-01"}), Query::created_before("2026-01-01"));
    check("createdAfter", json!({"value": "2026-01-01"}), Query::created_after("2026-01-01"));
    check("createdBetween", json!({"start": "a", "end": "b"}), Query::created_between("a", "b"));
    check("updatedBefore", json!({"value": "2026-01-01"}), Query::updated_before("2026-01-01"));
    check("updatedAfter", json!({"value": "2026-01-01"}), Query::updated_after("2026-01-01"));
    check("updatedBetween", json!({"start": "a", "end": "b"}), Query::updated_between("a", "b"));

    check("select", json!({"attributes": ["$id", "a"]}), Query::select(["$id", "a"]));
    check("select", json!({"attributes": []}), Query::select([""; 0]));
    check("orderAsc", json!({"attribute": "a"}), Query::order_asc("a"));
    check("orderDesc", json!({"attribute": "a"}), Query::order_desc("a"));
    check("orderRandom", json!({}), Query::order_random());
    check("cursorAfter", json!({"id": "x"}), Query::cursor_after("x"));
    check("cursorBefore", json!({"id": "x"}), Query::cursor_before("x"));
    check("limit", json!({"limit": 25}), Query::limit(25));
    check("offset", json!({"offset": 50}), Query::offset(50));
    check("or", json!({"queries": nested_text}), Query::or(nested()));
    check("and", json!({"queries": []}), Query::and([]));
    check("and", json!({"queries": [Query::or(nested())]}), Query::and([Query::or(nested())]));
    check("elemMatch", json!({"attribute": "a", "queries": nested_text}), Query::elem_match("a", nested()));
    check(
        "relationship",
        json!({"attribute": "a", "queries": nested_text}),
        Query::relationship("a", nested()),
    );

    let near = |distance: serde_json::Value, meters: bool| json!({"attribute": "p", "values": line(), "distance": distance, "meters": meters});
    check("distanceEqual", near(json!(200), true), Query::distance_equal("p", line(), 200, true));
    check("distanceNotEqual", near(json!(0.5), false), Query::distance_not_equal("p", line(), 0.5, false));
    check("distanceGreaterThan", near(json!(1), true), Query::distance_greater_than("p", line(), 1u64, true));
    check("distanceLessThan", near(json!(1), true), Query::distance_less_than("p", line(), 1, true));
    let shape = json!({"attribute": "p", "values": line()});
    check("intersects", shape.clone(), Query::intersects("p", line()));
    check("notIntersects", shape.clone(), Query::not_intersects("p", line()));
    check("crosses", shape.clone(), Query::crosses("p", line()));
    check("notCrosses", shape.clone(), Query::not_crosses("p", line()));
    check("overlaps", shape.clone(), Query::overlaps("p", line()));
    check("notOverlaps", shape.clone(), Query::not_overlaps("p", line()));
    check("touches", shape.clone(), Query::touches("p", line()));
    check("notTouches", shape.clone(), Query::not_touches("p", line()));
    check("covers", shape.clone(), Query::covers("p", line()));
    check("notCovers", shape.clone(), Query::not_covers("p", line()));
    check("spatialEquals", shape.clone(), Query::spatial_equals("p", line()));
    check("notSpatialEquals", shape, Query::not_spatial_equals("p", line()));
    let vector = json!({"attribute": "v", "vector": [0.25, -1.5]});
    check("vectorDot", vector.clone(), Query::vector_dot("v", [0.25, -1.5]));
    check("vectorCosine", vector.clone(), Query::vector_cosine("v", vec![0.25, -1.5]));
    check("vectorEuclidean", vector, Query::vector_euclidean("v", [0.25, -1.5]));

    let total = json!({"attribute": "n", "alias": "x"});
    check("count", json!({}), Query::count("*", None));
    check("count", total.clone(), Query::count("n", "x"));
    check("countDistinct", total.clone(), Query::count_distinct("n", "x"));
    check("sum", json!({"attribute": "n"}), Query::sum("n", ""));
    check("avg", total.clone(), Query::avg("n", Some("x")));
    check("min", total.clone(), Query::min("n", "x"));
    check("max", total.clone(), Query::max("n", "x"));
    check("stddev", total.clone(), Query::stddev("n", "x"));
    check("stddevPop", total.clone(), Query::stddev_pop("n", "x"));
    check("stddevSamp", total.clone(), Query::stddev_samp("n", "x"));
    check("variance", total.clone(), Query::variance("n", "x"));
    check("varPop", total.clone(), Query::var_pop("n", "x"));
    check("varSamp", total.clone(), Query::var_samp("n", "x"));
    check("bitAnd", total.clone(), Query::bit_and("n", "x"));
    check("bitOr", total.clone(), Query::bit_or("n", "x"));
    check("bitXor", total, Query::bit_xor("n", "x"));
    check("groupBy", json!({"attributes": ["a"]}), Query::group_by(["a"]));
    check("having", json!({"queries": nested_text}), Query::having(nested()));
    check("distinct", json!({}), Query::distinct());

    check("on", json!({"left": "$id", "right": "owner"}), Query::on("$id", "owner", "="));
    let columns = json!({"table": "t", "left": "$id", "right": "owner"});
    check("join", columns.clone(), Query::join("t", Join::on("$id", "owner")));
    check("leftJoin", columns.clone(), Query::left_join("t", Join::on("$id", "owner")));
    check("rightJoin", columns.clone(), Query::right_join("t", Join::on("$id", "owner")));
    check("fullOuterJoin", columns, Query::full_outer_join("t", Join::on("$id", "owner")));
    let aliased = json!({"table": "t", "left": "a", "right": "b", "operator": "<", "alias": "x"});
    check("join", aliased, Query::join("t", Join::compare("a", "<", "b").alias("x")));
    let matching = json!({"table": "t", "alias": "x", "on": nested_text});
    check("join", matching, Query::join("t", Join::matching(nested()).alias("x")));
    check("crossJoin", json!({"table": "t"}), Query::cross_join("t", None));
    check("crossJoin", json!({"table": "t", "alias": "x"}), Query::cross_join("t", "x"));
    facts.assert_all_seen(&seen, &["page"]);
}

#[test]
fn operators_match_the_facts() {
    let facts = Facts::read("Operator");
    let mut seen = HashSet::new();
    let mut check = |name: &str, arguments: serde_json::Value, operator: Operator| {
        assert_eq!(operator.as_str(), facts.expected(name, &arguments), "{name}");
        seen.insert(name.to_owned());
    };
    check("increment", json!({}), Operator::increment(1, None).unwrap());
    check("increment", json!({"value": 0.5, "max": 10}), Operator::increment(0.5, 10).unwrap());
    check("increment", json!({"value": i64::MAX}), Operator::increment(i64::MAX, None).unwrap());
    check("decrement", json!({"value": 2, "min": 0}), Operator::decrement(2, 0).unwrap());
    check("multiply", json!({"factor": 3, "max": 1.5}), Operator::multiply(3, 1.5).unwrap());
    check("divide", json!({"divisor": 4}), Operator::divide(4, None).unwrap());
    check("modulo", json!({"divisor": -7}), Operator::modulo(-7).unwrap());
    check("power", json!({"exponent": 2, "max": 100}), Operator::power(2, 100u8).unwrap());
    check("arrayAppend", json!({"values": ["a", "b"]}), Operator::array_append(["a", "b"]));
    check("arrayPrepend", json!({"values": []}), Operator::array_prepend([0; 0]));
    check("arrayInsert", json!({"index": 0, "value": "x"}), Operator::array_insert(0, "x"));
    check("arrayRemove", json!({"value": ["x"]}), Operator::array_remove(vec!["x"]));
    check("arrayUnique", json!({}), Operator::array_unique());
    check("arrayIntersect", json!({"values": [1, 2]}), Operator::array_intersect([1, 2]));
    check("arrayDiff", json!({"values": [1]}), Operator::array_diff(vec![1]));
    let above = json!({"condition": "greaterThan", "value": 3});
    check("arrayFilter", above, Operator::array_filter(Condition::GreaterThan, 3));
    let missing = json!({"condition": "isNull", "value": null});
    check("arrayFilter", missing, Operator::array_filter(Condition::IsNull, ()));
    check("stringConcat", json!({"value": "!"}), Operator::string_concat("!"));
    check("stringReplace", json!({"search": "a", "replace": ""}), Operator::string_replace("a", ""));
    check("toggle", json!({}), Operator::toggle());
    check("dateAddDays", json!({"days": 7}), Operator::date_add_days(7));
    check("dateSubDays", json!({"days": 7}), Operator::date_sub_days(7));
    check("dateSetNow", json!({}), Operator::date_set_now());
    facts.assert_all_seen(&seen, &[]);
}

#[test]
fn impossible_numbers_are_errors() {
    let results = [
        Operator::increment(f64::NAN, None),
        Operator::decrement(1, f64::INFINITY),
        Operator::multiply(f64::NEG_INFINITY, None),
        Operator::divide(0, None),
        Operator::divide(-0.0, None),
        Operator::modulo(0.0),
        Operator::power(f32::NAN, None),
    ];
    for result in results {
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Argument);
    }
    for (page, per_page) in [(0, 25), (1, 0), (u64::MAX, u64::MAX)] {
        assert_eq!(Query::page(page, per_page).unwrap_err().kind(), ErrorKind::Argument);
    }
}

#[test]
fn a_page_is_a_limit_and_an_offset() {
    assert_eq!(Query::page(3, 25).unwrap(), [Query::limit(25), Query::offset(50)]);
}

#[test]
fn a_query_from_text_is_kept_or_an_error() {
    let text = r#"{"method":"equal","attribute":"a","values":[9223372036854775807]}"#;
    assert_eq!(text.parse::<Query>().unwrap().as_str(), text);
    for wrong in ["", "equal", "[]", r#"{"attribute":"a"}"#] {
        assert_eq!(wrong.parse::<Query>().unwrap_err().kind(), ErrorKind::Argument);
    }
}

#[test]
fn conditions_match_the_facts() {
    let facts = Facts::read("Condition");
    let ours = [
        (Condition::Equal, "Equal"),
        (Condition::NotEqual, "NotEqual"),
        (Condition::GreaterThan, "GreaterThan"),
        (Condition::GreaterThanEqual, "GreaterThanEqual"),
        (Condition::LessThan, "LessThan"),
        (Condition::LessThanEqual, "LessThanEqual"),
        (Condition::Contains, "Contains"),
        (Condition::IsNull, "IsNull"),
        (Condition::IsNotNull, "IsNotNull"),
    ];
    for (condition, name) in ours {
        assert_eq!(facts.entry(name)["value"], condition.as_str());
    }
    facts.assert_all_seen(&ours.iter().map(|(_, name)| (*name).to_owned()).collect(), &[]);
}

#[test]
fn permissions_and_roles_match_the_facts() {
    let (permissions, roles) = (Facts::read("Permission"), Facts::read("Role"));
    for (name, permission) in [
        ("read", Permission::read(Role::any())),
        ("write", Permission::write(Role::any())),
        ("create", Permission::create("any")),
        ("update", Permission::update("any")),
        ("delete", Permission::delete(String::from("any"))),
    ] {
        assert_eq!(permission.as_str(), permissions.format(name, "format", &[("role", "any")]));
    }
    let id = &[("id", "u1"), ("name", "vip"), ("status", "verified"), ("role", "pilot")];
    for (name, form, role) in [
        ("any", "format", Role::any()),
        ("user", "format", Role::user("u1", None)),
        ("user", "format_with_status", Role::user("u1", "verified")),
        ("users", "format", Role::users("")),
        ("users", "format_with_status", Role::users("verified")),
        ("guests", "format", Role::guests()),
        ("team", "format", Role::team("u1", None)),
        ("team", "format_with_role", Role::team("u1", "pilot")),
        ("member", "format", Role::member("u1")),
        ("label", "format", Role::label("vip")),
    ] {
        assert_eq!(role.as_str(), roles.format(name, form, id));
    }
}

#[test]
fn topics_join_levels_and_reject_wildcards() {
    let topic = Topic::path(["home", "kitchen"]).unwrap().then(["light"]).unwrap();
    assert_eq!(topic.as_str(), "home/kitchen/light");
    assert!(Topic::path([""; 0]).is_err());
    let facts = Facts::read("Topic");
    for forbidden in facts.entry("path")["forbidden"].as_array().unwrap() {
        let forbidden = forbidden.as_str().unwrap();
        assert_eq!(Topic::path(["a", forbidden]).unwrap_err().kind(), ErrorKind::Argument, "{forbidden:?}");
    }
}

#[test]
fn helpers_are_strings_inside_json() {
    let data =
        json!({"views": Operator::toggle(), "who": Permission::read(Role::any()), "q": [Query::distinct()]});
    let text = r#"{"q":["{\"method\":\"distinct\"}"],"views":"{\"method\":\"toggle\",\"values\":[]}","who":"read(\"any\")"}"#;
    assert_eq!(serde_json::from_str::<serde_json::Value>(text).unwrap(), data);
}

#[test]
fn ids_are_hexadecimal_and_in_order_of_time() {
    let ids: Vec<String> = (0..5_000).map(|_| Id::unique()).collect();
    assert!(ids.iter().all(|id| id.len() == 20));
    assert!(ids.iter().flat_map(|id| id.bytes()).all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')));
    assert!(ids.is_sorted());
    assert_eq!(Id::unique_with(0).unwrap().len(), 13);
    assert_eq!(Id::unique_with(23).unwrap().len(), 36);
    assert_eq!(Id::unique_with(24).unwrap_err().kind(), ErrorKind::Argument);
}

#[test]
fn ids_of_threads_never_repeat() {
    let threads: Vec<_> = (0..8)
        .map(|_| std::thread::spawn(|| (0..10_000).map(|_| Id::unique()).collect::<Vec<_>>()))
        .collect();
    let ids: HashSet<String> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    assert_eq!(ids.len(), 80_000);
}

/// Not a test: the program that `ids_of_processes_never_repeat` starts several times.
#[test]
fn print_ids_for_another_process() {
    if std::env::var_os("POLYWRITE_PRINT_IDS").is_some() {
        (0..2_000).for_each(|_| println!("id={}", Id::unique()));
    }
}

#[test]
fn ids_of_processes_never_repeat() {
    let start = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "print_ids_for_another_process", "--nocapture"])
            .env("POLYWRITE_PRINT_IDS", "1")
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let processes: Vec<_> = (0..4).map(|_| start()).collect();
    let outputs = processes.into_iter().map(|process| process.wait_with_output().unwrap().stdout);
    let text: String = outputs.map(|output| String::from_utf8(output).unwrap()).collect();
    let ids: HashSet<&str> =
        text.lines().filter_map(|line| line.split_once("id=").map(|(_, id)| id)).collect();
    assert_eq!(ids.len(), 8_000);
}

#[test]
fn custom_ids_are_checked() {
    let longest = "x".repeat(36);
    for good in ["a", "user.name-1_2", "0", &longest] {
        assert_eq!(Id::custom(good).unwrap(), good);
    }
    let too_long = "x".repeat(37);
    for wrong in ["", ".", "..", "_a", "-a", "unique()", "a/b", "a b", "é", &too_long] {
        assert_eq!(Id::custom(wrong).unwrap_err().kind(), ErrorKind::Argument, "{wrong:?}");
    }
}
