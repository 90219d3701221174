//! `polywrite schema`: a project of many tables, pushed, compared, changed, interrupted and finished.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{
    fmt::Write,
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Output, Stdio},
    time::Duration,
};

use polywrite_emulator::{Fault, Project, ProjectOptions};
use serde_json::{Value, json};

/// A folder with a file, and a server that it is for.
struct Trial {
    folder: PathBuf,
    project: Project,
}

impl Trial {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("polywrite-schema-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self { folder, project: Project::new(ProjectOptions::default()).unwrap() }
    }

    fn write(&self, text: &str) {
        fs::write(self.folder.join("polywrite.toml"), text).unwrap();
    }

    fn read(&self) -> String {
        fs::read_to_string(self.folder.join("polywrite.toml")).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polywrite"));
        command.arg("schema").args(arguments).current_dir(&self.folder).envs(self.project.env());
        command.env("RUST_BACKTRACE", "1");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// What a comparison prints that finds nothing.
    fn equal(&self) -> String {
        format!("Project {} at {}\nServer and file are equal.\n", self.project.id(), self.project.endpoint())
    }

    /// Its exit code and what it printed.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let (code, text) = ended(&self.command(arguments).output().unwrap());
        assert!(!text.contains(self.project.key()), "it shows the key");
        (code, text)
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn ended(output: &Output) -> (i32, String) {
    let text = [&output.stdout[..], &output.stderr[..]].map(String::from_utf8_lossy).concat();
    (output.status.code().unwrap(), text)
}

/// A file of 30 tables, each linked to the next.
fn thirty() -> String {
    let mut text = "# Thirty tables.\n[databases.main]\nname = \"Main\"\n".to_owned();
    for number in 0..30 {
        let next = (number + 1) % 30;
        write!(
            text,
            r#"
# Table {number}.
[databases.main.tables.t{number}]
permissions = ['read("any")', 'write("users")']

[databases.main.tables.t{number}.columns]
title = {{ type = "varchar", size = 64, required = true }} # what it is called
year = {{ type = "integer", min = 1900, default = 2000 }}
tags = {{ type = "varchar", size = 16, array = true }}
next = {{ type = "relationship", relatedTable = "t{next}", relationType = "manyToOne", twoWay = true, twoWayKey = "before" }}

[databases.main.tables.t{number}.indexes]
by_year = {{ type = "key", columns = ["year", "title"] }}
"#
        )
        .unwrap();
    }
    text
}

#[test]
fn thirty_tables_are_pushed_changed_interrupted_and_finished() {
    let trial = Trial::new("thirty");
    let before = thirty();
    trial.write(&before);
    let (code, text) = trial.run(&["push"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("+ make   table main.t7: permissions") && text.ends_with("are equal.\n"), "{text}");
    assert_eq!(trial.run(&["diff"]), (0, trial.equal()));
    let (code, text) = trial.run(&["pull"]);
    assert_eq!((code, text.as_str()), (0, "polywrite.toml says what the server has.\n"));
    assert_eq!(trial.read(), before, "a pull of the same changes nothing");

    // Each table gets another key, a longer title, a new column and another index, and loses its tags.
    let after = before
        .replace("\nyear = { type", "\npremiere = { previousKey = \"year\", type")
        .replace("size = 64", "size = 128")
        .replace(
            "tags = { type = \"varchar\", size = 16, array = true }",
            "seen = { type = \"boolean\", default = false }",
        )
        .replace(
            "by_year = { type = \"key\", columns = [\"year\", \"title\"] }",
            "by_premiere = { type = \"unique\", columns = [\"premiere\"] }",
        );
    trial.write(&after);
    let (code, text) = trial.run(&["diff"]);
    assert_eq!(code, 2, "{text}");
    for line in [
        r#"~ change column main.t0.premiere: key "year" -> "premiere""#,
        "~ change column main.t0.title: size 64 -> 128",
        r#"+ make   column main.t0.seen: type "boolean", default false"#,
        "- drop   column main.t0.tags (its data is lost)",
        r#"+ make   index main.t0.by_premiere: type "unique", columns ["premiere"]"#,
        "180 steps, of which 30 lose data.",
    ] {
        assert!(text.contains(&format!("{line}\n")), "{line} is not in\n{text}");
    }
    let (code, text) = trial.run(&["push"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("Nothing was done: some steps lose data."), "{text}");
    assert_eq!(trial.run(&["diff"]).0, 2);

    // The third of the indexes never comes, so that the program is in the middle of its work when it is killed.
    let stuck = Fault::delay(Duration::from_secs(600)).of("tablesDB.createIndex").every(3);
    trial.project.faults([stuck]).unwrap();
    let mut push = trial.command(&["push", "--allow-destroy"]).spawn().unwrap();
    let mut lines = BufReader::new(push.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line.starts_with("done: make index main.")));
    push.kill().unwrap();
    push.wait().unwrap();
    trial.project.faults([]).unwrap();
    let (code, text) = trial.run(&["diff"]);
    assert_eq!(code, 2, "{text}");
    assert!(!text.contains("- drop   column") && !text.contains("~ change column"), "{text}");
    let (code, text) = trial.run(&["push"]);
    assert_eq!(code, 0, "what is left loses nothing: {text}");
    assert_eq!(trial.run(&["diff"]).0, 0);
}

#[test]
fn two_programs_that_push_at_once_do_no_harm() {
    let trial = Trial::new("two");
    trial.write(&thirty());
    let both = [(); 2].map(|()| trial.command(&["push"]).spawn().unwrap());
    for push in both {
        let (code, text) = ended(&push.wait_with_output().unwrap());
        assert_eq!(code, 0, "{text}");
    }
    assert_eq!(trial.run(&["diff"]), (0, trial.equal()));
}

#[test]
fn a_plan_is_json_for_programs() {
    let trial = Trial::new("json");
    trial.write("[databases.main]\n[databases.main.tables.films.columns]\nyeer = { type = 'integer' }\n");
    let parsed =
        |(code, text): (i32, String)| -> (i32, Value) { (code, serde_json::from_str(&text).unwrap()) };
    let (code, plan) = parsed(trial.run(&["diff", "--json"]));
    assert_eq!(code, 2);
    assert_eq!(plan["equal"], false);
    assert_eq!(plan["steps"][2]["action"], "make");
    assert_eq!(plan["steps"][2]["target"], json!({ "kind": "column", "place": "main.films.yeer" }));
    let (code, pushed) = parsed(trial.run(&["push", "--json"]));
    assert_eq!((code, &pushed["pushed"]), (0, &json!(true)));
    trial.write(
        "[databases.main]\n[databases.main.tables.films.columns]\nyear = { type = 'integer', max = 3000 }\n",
    );
    let (code, refused) = parsed(trial.run(&["diff", "--json"]));
    assert_eq!(code, 2);
    assert_eq!(refused["steps"][0]["destroys"], true);
    assert!(refused["hints"][0].as_str().unwrap().contains("--rename films.yeer=year"), "{refused}");
    let (code, renamed) = parsed(trial.run(&["push", "--json", "--rename", "films.yeer=year"]));
    assert_eq!(code, 0);
    let changes = json!([
        { "field": "key", "from": "yeer", "to": "year" }, { "field": "max", "from": null, "to": 3000 },
    ]);
    assert_eq!(renamed["steps"][0]["changes"], changes);
}

#[test]
fn appwrites_own_file_is_pushed_as_it_is_and_pulled_into_ours() {
    let trial = Trial::new("theirs");
    let [(_, endpoint), (_, id), (_, key)] = trial.project.env();
    let config = json!({
        "projectId": id, "endpoint": endpoint,
        "tablesDB": [{ "$id": "main", "name": "Main", "enabled": true }],
        "tables": [{
            "$id": "films", "databaseId": "main", "name": "Films", "rowSecurity": false, "$permissions": [],
            "columns": [{ "key": "title", "type": "varchar", "size": 64, "required": true, "default": null }],
            "indexes": [],
        }],
        "buckets": [{ "$id": "posters", "name": "Posters" }],
    });
    fs::write(trial.folder.join("appwrite.config.json"), config.to_string()).unwrap();
    // Endpoint and project are the file's.
    let run = |arguments: &[&str]| {
        let mut command = trial.command(arguments);
        command.env_remove("APPWRITE_ENDPOINT").env_remove("APPWRITE_PROJECT_ID");
        ended(&command.output().unwrap())
    };
    let (code, text) = run(&["push"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(run(&["diff"]).0, 0);
    let (code, text) = trial.run(&["pull", "--file", "appwrite.config.json"]);
    assert!(code == 1 && text.contains("a pull writes polywrite.toml"), "{text}");
    let (code, text) = trial.run(&["pull"]);
    assert_eq!((code, text.as_str()), (0, "polywrite.toml says now what the server has.\n"));
    assert!(
        trial.read().contains("title = { type = \"varchar\", size = 64, required = true }"),
        "{}",
        trial.read()
    );
    assert!(trial.read().contains("[buckets.posters]"), "{}", trial.read());
    // A profile names the variable that has the key.
    let profiles =
        format!("[profiles.test]\nendpoint = '{endpoint}'\nproject = '{id}'\nkeyVariable = 'LIBRARY_KEY'\n");
    trial.write(&(profiles + &trial.read()));
    let (code, text) = run(&["diff"]);
    assert!(code == 1 && text.contains("name a profile: --profile test"), "{text}");
    let (code, text) = trial.run(&["diff", "--profile", "test"]);
    assert!(code == 1 && text.contains("LIBRARY_KEY: set this environment variable"), "{text}");
    let with_key = trial.command(&["diff", "--profile", "test"]).env("LIBRARY_KEY", key).output().unwrap();
    assert_eq!(ended(&with_key).0, 0);
}

#[test]
fn mistakes_are_errors_and_not_differences() {
    let trial = Trial::new("mistakes");
    for (file, arguments, words) in [
        ("[databases.main]\nnmae = 'm'", &["diff"][..], "unknown field `nmae`"),
        ("", &["diff", "--fly"], "--fly"),
        ("", &["diff", "--profile", "none"], "the file has no profile `none`"),
        ("", &["diff", "--file", "none.toml"], "none.toml"),
        ("", &["pull", "none"], "the server has no database `none`"),
        (
            "[databases.main]",
            &["push", "--rename", "a.b=c"],
            "no table of this ID has a column with the new key",
        ),
    ] {
        trial.write(file);
        let (code, text) = trial.run(arguments);
        assert!(code == 1 && text.contains(words), "{code} {text}");
        assert!(!text.contains("backtrace") && !text.contains("Caused by"), "it is for us alone: {text}");
    }
}

#[test]
fn a_server_that_refuses_is_an_error_with_a_hint_and_without_the_key() {
    let trial = Trial::new("refused");
    trial.write("[databases.main]");
    let wrong = "standard_of_another_project";
    let output = trial.command(&["push"]).env("APPWRITE_API_KEY", wrong).output().unwrap();
    let (code, text) = ended(&output);
    assert_eq!(code, 1, "{text}");
    assert!(
        text.starts_with("Error: tablesDB.list: ") && text.contains("is the API key one of the project"),
        "{text}"
    );
    assert!(!text.contains(wrong), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    let output = trial.command(&["diff"]).env("APPWRITE_ENDPOINT", "http://127.0.0.1:1/v1").output().unwrap();
    let (code, text) = ended(&output);
    assert!(code == 1 && text.contains("cannot connect to http://127.0.0.1:1"), "{code} {text}");
}

/// What the server of the guide's picture has, and what its file says.
const PICTURE: [&str; 2] = [
    r#"[databases.main.tables.films.columns]
title = { type = "varchar", size = 64 }
yeer = { type = "integer" }
code = { type = "integer" }
note = { type = "text" }
[databases.main.tables.films.indexes]
by_code = { type = "key", columns = ["code"] }
"#,
    r#"[databases.main.tables.films]
permissions = ['read("any")']
[databases.main.tables.films.columns]
title = { type = "varchar", size = 128 }
year = { type = "integer", min = 1888, previousKey = "yeer" }
code = { type = "varchar", size = 8 }
seen = { type = "boolean", default = false }
[databases.main.tables.films.indexes]
by_code = { type = "key", columns = ["code"] }
[databases.main.tables.people.columns]
name = { type = "varchar", size = 64 }
"#,
];

/// With `POLYWRITE_PICTURE=FILE` what `diff` prints goes there with its colours, for
/// `python3 -m tests.guides.picture "polywrite schema diff"`.
#[test]
fn the_guides_picture_shows_what_the_program_prints() {
    let trial = Trial::new("picture");
    let [before, after] = PICTURE;
    trial.write(before);
    assert_eq!(trial.run(&["push"]).0, 0);
    trial.write(after);
    let print = |variable: &str| {
        let output = trial.command(&["diff"]).env(variable, "1").output().unwrap();
        let (code, text) = ended(&output);
        assert_eq!(code, 2, "{text}");
        text.replace(trial.project.id(), "library")
            .replace(trial.project.endpoint(), "http://127.0.0.1:4280/v1")
    };
    if let Some(file) = std::env::var_os("POLYWRITE_PICTURE") {
        fs::write(file, print("CLICOLOR_FORCE")).unwrap();
    }
    assert!(print("CLICOLOR_FORCE").contains("\u{1b}[32m+ make"));
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schema-diff.svg");
    assert_eq!(
        shown(&fs::read_to_string(picture).unwrap()),
        format!("$ polywrite schema diff\n{}", print("NO_COLOR"))
    );
}

/// The text of a picture, line by line.
fn shown(picture: &str) -> String {
    let mut lines = String::new();
    for line in picture.lines().filter(|line| line.trim_start().starts_with("<text")) {
        let mut pieces = line.split('<').skip(1).filter_map(|piece| piece.split_once('>'));
        let text: String = pieces.by_ref().map(|(_, text)| text).collect();
        lines +=
            &text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
        lines.push('\n');
    }
    lines.replace("&amp;", "&")
}
