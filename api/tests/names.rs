//! The rules for names give what Appwrite's own SDKs use.

use polywrite_api::names::{
    camel, distinct, member, node_argument, node_member, pascal, python_argument, python_member,
    rust_identifier, screaming_snake, snake,
};

#[test]
fn snake_case_keeps_runs_of_capitals_together() {
    for (name, wanted) in [
        ("createOAuth2Token", "create_o_auth2_token"),
        ("tablesDB", "tables_db"),
        ("listCountriesEU", "list_countries_eu"),
        ("createMFAChallenge", "create_mfa_challenge"),
        ("$createdAt", "created_at"),
        ("grant_id", "grant_id"),
    ] {
        assert_eq!(snake(name), wanted);
    }
    assert_eq!(screaming_snake("listRows"), "LIST_ROWS");
}

#[test]
fn camel_and_pascal_case_keep_capitals() {
    assert_eq!(camel("code_challenge_method"), "codeChallengeMethod");
    assert_eq!(camel("userId"), "userId");
    assert_eq!(pascal("magic-url"), "MagicUrl");
    assert_eq!(pascal("listRows"), "ListRows");
}

#[test]
fn reserved_words_are_changed() {
    assert_eq!(node_argument("default"), "xdefault");
    assert_eq!(node_argument("path"), "xpath");
    assert_eq!(node_argument("redirect_uri"), "redirectUri");
    assert_eq!(python_argument("from"), "xfrom");
    assert_eq!(python_argument("async"), "xasync");
    assert_eq!(rust_identifier("type"), "r#type");
    assert_eq!(rust_identifier("self"), "self_");
    for word in ["this", "typeof", "yield"] {
        assert_eq!(node_argument(word), format!("x{word}"));
    }
}

#[test]
fn members_are_named_per_language() {
    assert_eq!(member("node-14.5"), "Node145");
    assert_eq!((node_member("ar-ae"), python_member("ar-ae")), ("Arae".to_owned(), "AR_AE".to_owned()));
    assert_eq!(member("Android WebView Beta"), "AndroidWebViewBeta");
    assert_eq!(python_member("Android WebView Beta"), "ANDROID_WEBVIEW_BETA");
    assert_eq!(member("301"), "_301");
}

#[test]
fn characters_that_no_name_may_contain_are_removed() {
    for (name, camel_case, snake_case) in [
        ("page[size]", "pageSize", "page_size_"),
        ("x-request.id", "xRequestId", "x_request_id"),
        ("2fa", "_2fa", "_2fa"),
    ] {
        assert_eq!(node_argument(name), camel_case);
        assert_eq!((python_argument(name), rust_identifier(name)), (snake_case.into(), snake_case.into()));
    }
}

#[test]
fn values_that_are_not_words_have_names() {
    for (value, name, python) in [("", "Empty", "EMPTY"), ("<=", "U3CU3D", "U3CU3D"), ("é", "É", "É")] {
        assert_eq!(
            (member(value), node_member(value), python_member(value)),
            (name.into(), name.into(), python.into())
        );
    }
    // `_1_` is one of the names that Python's enums reject.
    assert_eq!(
        (python_member("1-"), python_member("-a-"), python_member("a-")),
        ("_1".into(), "_A".into(), "A_".into())
    );
}

#[test]
fn members_of_one_enum_differ() {
    let names = ["asc", "ASC", "Asc", "self"].map(member);
    assert_eq!(distinct(names, &["Self"]), ["Asc", "ASC", "Asc2", "SelfValue"]);
}
