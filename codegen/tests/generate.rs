//! Rendering is deterministic, and check mode notices every kind of difference.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it skips"
)]

use polywrite_api::Api;
use polywrite_codegen::output::{self, Difference};
use polywrite_codegen::targets;
use std::path::Path;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in the repository")
}

#[test]
fn rendering_twice_gives_the_same() {
    let api = Api::embedded().expect("sound");
    for target in targets::all() {
        let (one, other) = (target.render(&api).expect("renders"), target.render(&api).expect("renders"));
        assert_eq!(one, other, "{}", target.name());
        assert!(one.iter().all(|file| target.folders().iter().any(|folder| file.path.starts_with(folder))));
    }
}

/// All generated files of a language, as one text.
fn whole(language: &str, api: &Api) -> String {
    let target = targets::named(&[language.to_owned()]).expect("known");
    let files = target[0].render(api).expect("renders");
    files.into_iter().map(|file| file.text).collect()
}

#[test]
fn every_error_type_has_a_constant_in_every_language() {
    let api = Api::embedded().expect("sound");
    for (language, constant, every) in [
        ("rust", "pub const USER_NOT_FOUND: &str = \"user_not_found\";", "/// `"),
        ("node", "    userNotFound: \"user_not_found\",", "/** Status "),
        ("python", "USER_NOT_FOUND: Final = \"user_not_found\"", "\"\"\"Status "),
        ("swift", "public static let userNotFound = \"user_not_found\"", "/// Status "),
    ] {
        let text = whole(language, &api);
        assert!(text.contains(constant), "{language}");
        assert!(text.matches(every).count() >= api.errors.len(), "{language}");
    }
}

#[test]
fn every_service_is_a_feature_of_the_crate() {
    let api = Api::embedded().expect("sound");
    let manifest = std::fs::read_to_string(repository().join("core/Cargo.toml")).expect("readable");
    for name in api.services.keys() {
        let feature = format!("\n{} = [\"typed\"]\n", polywrite_api::names::snake(name).replace('_', "-"));
        assert!(manifest.contains(&feature), "core/Cargo.toml has no feature{feature}");
    }
}

#[test]
fn a_new_kind_of_error_is_one_entry() {
    let kinds = Api::embedded_text("kinds.toml").expect("there");
    let kinds = format!("{kinds}\n[too_early]\nabout = \"It is not time yet.\"\nunder = \"conflict\"\n");
    let client = Api::embedded_text("client.toml").expect("there");
    let api = Api::from_texts([("kinds.toml", kinds), ("client.toml", client)]).expect("sound");
    for (language, made) in [
        ("rust", "ErrorKind::TooEarly => \"too_early\","),
        ("node", "export class TooEarlyException extends ConflictException {"),
        ("python", "class TooEarlyError(ConflictError):"),
        ("swift", "case tooEarly = \"too_early\""),
    ] {
        assert!(whole(language, &api).contains(made), "{language}");
    }
}

#[test]
fn a_new_setting_is_one_entry() {
    let client = Api::embedded_text("client.toml").expect("there");
    let client = format!(
        "{client}\n[settings.teamId]\nheader = \"x-appwrite-team\"\nabout = \"ID of the team.\"\n\
         [plain.dryRun]\ntype = \"switch\"\ndefault = \"`false`\"\nabout = \"Sends nothing.\"\n\
         [limits.maxWait]\nunit = \"milliseconds\"\ndefault = 5_000\nabout = \"How long to wait.\"\n\
         [limits.dnsTimeout]\nunit = \"milliseconds\"\ndefault = 5_000\nabout = \"How long to look names up.\"\n"
    );
    let api = Api::from_texts([("client.toml", client)]).expect("sound");
    for (language, made) in [
        (
            "rust",
            "HeaderSetting { name: \"teamId\", header: \"x-appwrite-team\", prefix: \"\", credential: false }",
        ),
        ("rust", "pub fn team_id(mut self, value: impl Into<String>) -> Self {"),
        ("rust", "pub fn dry_run(mut self, value: impl Into<bool>) -> Self {"),
        ("rust", "pub fn max_wait(mut self, value: Duration) -> Self {"),
        ("node", "    setTeamId(value: string): this {"),
        ("node", "    dryRun?: boolean | null;"),
        ("node", "    maxWait?: number | null;"),
        ("python", "    def set_team_id(self, value: str) -> _types.Self:"),
        ("python", "    def set_dry_run(self, status: bool = True) -> _types.Self:"),
        ("python", "    def set_max_wait(self, value: float) -> _types.Self:"),
        ("swift", "setTeamId(_ value: String) -> Client { configure { try $0.member(\"teamId\", value) } }"),
        (
            "swift",
            "setDryRun(_ value: Bool = true) -> Client { configure { try $0.member(\"dryRun\", value) } }",
        ),
        ("swift", "func setMaxWait(_ value: Duration) -> Client {"),
        ("swift", "idle: Duration? = nil, dns: Duration? = nil"),
    ] {
        assert!(whole(language, &api).contains(made), "{language}: {made}");
    }
}

#[test]
fn a_new_call_option_is_one_entry() {
    let client = Api::embedded_text("client.toml").expect("there");
    let client = client.replace(
        "[options]",
        "[options]\nidleTimeout = \"limits.idleTimeout\"\nlocale = \"settings.locale\"",
    );
    let api = Api::from_texts([("client.toml", client)]).expect("sound");
    for (language, made) in [
        ("rust", "    pub idle_timeout: Option<Duration>,"),
        ("rust", "(\"x-appwrite-locale\", \"\", self.locale.as_deref()),"),
        ("rust", "    pub fn locale(mut self, value: impl Into<String>) -> Self {"),
        ("node", "    idleTimeout?: number;"),
        ("node", "    locale?: string;"),
        ("python", "    idle_timeout: float | None"),
        ("python", "    call_locale: str | None"),
        ("swift", "    public var idleTimeout: Duration?"),
        ("swift", "        try text.member(\"locale\", locale)"),
    ] {
        assert!(whole(language, &api).contains(made), "{language}: {made}");
    }
}

#[test]
fn a_credential_is_not_an_option_of_a_call() {
    let client = Api::embedded_text("client.toml").expect("there");
    for (place, problem) in [
        ("settings.key", "`settings.key` is a credential: another one needs another client"),
        ("limits.nothing", "`limits.nothing` is not an entry of limits, retries or settings"),
    ] {
        let client = client.replace("[options]", &format!("[options]\nmine = \"{place}\""));
        let error = Api::from_texts([("client.toml", client)]).expect_err("unsound");
        assert!(error.to_string().contains(problem), "{error}");
    }
}

#[test]
fn a_new_helper_is_one_entry() {
    let known = ["client.toml", "enums.toml", "helpers.toml"];
    let mut texts = known.map(|name| (name, Api::embedded_text(name).expect("there")));
    texts[2].1.push_str(
        "\n[Query.isNearly]\nabout = \"Rows whose attribute is nearly the value.\"\navailable = \"cloud\"\n\
         args = { attribute = \"string\", value = \"any\", within = \"number = 1\" }\n\
         values = [\"value\", \"within\"]\n\
         [Operator.setBit]\nabout = \"Sets one bit of a number.\"\nargs = { place = \"int\" }\nvalues = [\"place\"]\n\
         unsigned = [\"place\"]\n\
         [Role.device]\nabout = \"One device.\"\nargs = { id = \"string\" }\nformat = \"device:{id}\"\n\
         [ID.brief]\nabout = \"A short ID.\"\nargs = { digits = \"int = 2\" }\nlength = \"13 + digits\"\nlongest = 20\n",
    );
    let api = Api::from_texts(texts).expect("sound");
    for (language, made) in [
        ("node", "/** Rows whose attribute is nearly the value. Appwrite Cloud only. */"),
        (
            "node",
            "static isNearly = (attribute: string, value: QueryTypes, within: number | bigint = 1): string =>",
        ),
        ("node", "static setBit = (place: number): string => write(\"setBit\", [place]);"),
        ("node", "static device = (id: string): string => `device:${id}`;"),
        ("python", "\"\"\"Rows whose attribute is nearly the value. Appwrite Cloud only.\"\"\""),
        ("python", "def is_nearly(attribute: str, value: Any, within: float = 1) -> str:"),
        ("python", "return query(\"isNearly\", attribute, [value, within])"),
        ("python", "def is_nearly(self, attribute: str, value: Any, within: float = 1) -> _types.Self:"),
        ("python", "def set_bit(place: int) -> str:"),
        ("python", "return f\"device:{id}\""),
        ("swift", "    /// Rows whose attribute is nearly the value. Appwrite Cloud only."),
        (
            "swift",
            "func isNearly(_ attribute: String, value: Any, within: any QueryNumber = 1) -> Query {\n        \
             Query(\"isNearly\", attribute, [value, within])",
        ),
        ("swift", "func setBit(_ place: Int) -> Operator {\n        Operator(\"setBit\", [place])"),
        ("rust", "    /// Rows whose attribute is nearly the value. Appwrite Cloud only."),
        (
            "rust",
            "pub fn is_nearly(attribute: &str, value: impl Serialize, within: impl Into<Number>) -> Self {",
        ),
        ("rust", "Query::new(\"isNearly\", Some(attribute), Some(Written::list("),
        ("rust", "pub fn set_bit(place: u64) -> Self {"),
        ("rust", "pub fn device(id: &str) -> Self {\n        Role(format!(\"device:{id}\"))"),
        (
            "node",
            "static brief(digits: number = 2): string {\n        return newId(\"ID.brief\", digits, 13, 20);",
        ),
        ("python", "return new_id(\"ID.brief\", digits, 13, 20)"),
        ("swift", "public static func brief(digits: Int) throws -> String {"),
        ("rust", "pub fn brief_with(digits: usize) -> Result<String, Error> {"),
        ("swift", "func device(_ id: String) -> String {\n        \"device:\\(id)\""),
    ] {
        assert!(whole(language, &api).contains(made), "{language}: {made}");
    }
}

#[test]
fn every_generated_file_names_its_maker() {
    let api = Api::embedded().expect("sound");
    for target in targets::all() {
        for file in target.render(&api).expect("renders") {
            let first = file.text.lines().next().unwrap_or_default();
            let is_json = file.path.ends_with(".json");
            assert!(is_json || first.contains("Generated by codegen from "), "{}: {first}", file.path);
        }
    }
}

#[test]
fn the_repository_is_what_the_definition_says() {
    let api = Api::load(repository().join("api")).expect("sound");
    for target in targets::named(&["rust".to_owned()]).expect("known") {
        let files = output::rendered(&*target, &api, repository()).expect("renders");
        let differences = output::differences(&*target, &files, repository()).expect("readable");
        assert!(differences.is_empty(), "run ./dev generate: {differences:?}");
    }
}

#[test]
fn differences_are_reported_and_fixed() {
    let api = Api::embedded().expect("sound");
    let target = &targets::named(&["rust".to_owned()]).expect("known")[0];
    let files = target.render(&api).expect("renders").into_iter().map(|it| (it.path, it.text)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let first = output::write(&**target, &files, root).expect("writes");
    assert!(first.values().all(|difference| *difference == Difference::Missing));
    assert!(output::differences(&**target, &files, root).expect("reads").is_empty());

    let enums = "models/src/enums/generated/mod.rs";
    let stale = "models/src/enums/generated/old.rs";
    std::fs::write(root.join(enums), "// by hand").expect("writes");
    std::fs::write(root.join(stale), "// no target's").expect("writes");
    let found = output::differences(&**target, &files, root).expect("reads");
    assert_eq!(found.get(enums), Some(&Difference::Changed));
    assert_eq!(found.get(stale), Some(&Difference::Stale));
    assert_eq!(found.len(), 2);

    output::write(&**target, &files, root).expect("writes");
    assert!(output::differences(&**target, &files, root).expect("reads").is_empty());
    assert!(!root.join(stale).exists());
}

#[test]
fn an_unknown_language_is_named_with_the_known_ones() {
    let error = targets::named(&["cobol".to_owned()]).err().expect("an error").to_string();
    assert!(error.contains("cobol") && error.contains("rust"), "{error}");
}
