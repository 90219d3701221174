//! The rules for names give what Appwrite's own SDKs use.

use polywrite_api::names::{
    camel, member, node_argument, node_member, pascal, python_argument, python_member, rust_identifier,
    screaming_snake, snake, swift_identifier,
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
fn reserved_words_get_out_of_the_way() {
    assert_eq!(node_argument("default"), "xdefault");
    assert_eq!(node_argument("path"), "xpath");
    assert_eq!(node_argument("redirect_uri"), "redirectUri");
    assert_eq!(python_argument("from"), "xfrom");
    assert_eq!(python_argument("async"), "xasync");
    assert_eq!(rust_identifier("type"), "r#type");
    assert_eq!(rust_identifier("self"), "self_");
    assert_eq!(swift_identifier("default"), "`default`");
}

#[test]
fn members_are_named_per_language() {
    assert_eq!(member("node-14.5"), "Node145");
    assert_eq!((node_member("ar-ae"), python_member("ar-ae")), ("Arae".to_owned(), "AR_AE".to_owned()));
    assert_eq!(member("Android WebView Beta"), "AndroidWebViewBeta");
    assert_eq!(python_member("Android WebView Beta"), "ANDROID_WEBVIEW_BETA");
    assert_eq!(member("301"), "_301");
}
