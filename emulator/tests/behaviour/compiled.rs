//! Functions that are built: in Rust by cargo, in Swift by SwiftPM.

use std::path::Path;

use polywrite_emulator::{Emulator, Options};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    caller::Caller,
    functions::{ended, execute, gone},
};

/// A function in a language, and one that does not compile.
struct Language {
    runtime: &'static str,
    entrypoint: &'static str,
    code: &'static str,
    /// A file beside the code, with its name.
    beside: (&'static str, &'static str),
    broken: &'static str,
    /// What the compiler says of that one.
    mistake: &'static str,
    compiler: &'static str,
}

const RUST: Language = Language {
    runtime: "rust-1.83",
    entrypoint: "main.rs",
    code: include_str!("../functions/greeting.rs"),
    beside: (
        "Cargo.toml",
        "[package]\nname = \"greeter\"\nversion = \"1.0.0\"\nedition = \"2021\"\n\n[lib]\npath = \"main.rs\"\n\n\
         [dependencies]\nopenruntimes = { package = \"openruntimes-types-for-rust\", version = \"1\" }\n\
         serde_json = \"1\"\n",
    ),
    broken: "pub fn main(_: openruntimes::Context) -> openruntimes::Response { 1 }",
    mistake: "mismatched types",
    compiler: "cargo",
};

const SWIFT: Language = Language {
    runtime: "swift-6.2",
    entrypoint: "greeting.swift",
    code: include_str!("../functions/greeting.swift"),
    beside: ("Parts/Greeting.swift", "func greeting(_ name: String) -> String { \"Hello, \\(name)\" }\n"),
    broken: "func main(context: RuntimeContext) async throws -> RuntimeOutput { 1 }",
    mistake: "greeting.swift:1:68: error: cannot convert",
    compiler: "swift",
};

/// A folder with a function, and the emulator that runs it.
async fn start(language: &Language, more: Value) -> (TempDir, Emulator, Caller) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), language.beside.0, language.beside.1);
    write(folder.path(), language.entrypoint, language.code);
    let options = Options { functions: vec![folder.path().to_owned()], ..Options::default() };
    let emulator = Emulator::start(options).await.unwrap();
    let mut function = json!({
        "functionId": "f", "runtime": language.runtime, "entrypoint": language.entrypoint, "path": ".",
        "scopes": ["users.read"], "timeout": 900, "variables": {"SECRET": "a variable"},
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        function[name] = value.clone();
    }
    emulator.seed(&json!({ "functions": [function] })).unwrap();
    let root = Caller::root(&emulator);
    (folder, emulator, root)
}

fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, text).unwrap();
}

/// The execution of parameters, when it has ended: a compiler may build longer than a caller waits.
async fn execute_later(root: &Caller, mut params: Value) -> Value {
    params["async"] = json!(true);
    let execution = execute(root, params).await;
    ended(root, &execution["$id"]).await
}

async fn it_is_built_and_runs(language: &Language) {
    let (folder, emulator, root) = start(language, json!({})).await;
    let execution = execute_later(&root, json!({"path": "/fail"})).await;
    let failed = (&execution["status"], &execution["responseStatusCode"]);
    assert_eq!(failed, (&json!("failed"), &json!(500)), "{execution}");
    assert!(execution["errors"].as_str().unwrap().starts_with("on purpose\n"), "{execution}");

    // Built by now, so that a caller can wait for it.
    let params = json!({
        "body": "{\"name\":\"Ada\"}", "path": "/hello?a=b%20c&d=", "method": "PUT",
        "headers": {"Content-Type": "application/json", "X-Number": 5, "x-appwrite-trigger": "forged"},
    });
    let execution = execute(&root, params).await;
    assert_eq!(
        (&execution["status"], &execution["responseStatusCode"]),
        (&json!("completed"), &json!(201)),
        "{execution}"
    );
    let body: Value = execution["responseBody"].as_str().unwrap().parse().unwrap();
    let host = emulator.endpoint().trim_end_matches("/v1");
    assert_eq!(
        (&body["method"], &body["url"]),
        (&json!("PUT"), &json!(format!("{host}/hello?a=b%20c&d="))),
        "{body}"
    );
    assert_eq!(
        (&body["text"], &body["trigger"], &body["number"]),
        (&json!("Hello, Ada"), &json!("http"), &json!("5"))
    );
    assert_eq!(body["secret"], "a variable");
    assert_eq!(execution["logs"], "called with {\"name\":\"Ada\"}\nprinted\n");
    assert_eq!(execution["errors"], "not an error\n");
    let headers = execution["responseHeaders"].as_array().unwrap();
    for (name, value) in [("content-type", "application/json; charset=utf-8"), ("x-own", "yes")] {
        assert!(headers.contains(&json!({"name": name, "value": value})), "{execution}");
    }
    assert!(headers.iter().all(|header| header["name"] != "x-open-runtimes-own"), "{execution}");
    let dynamic = root.with("x-appwrite-key", &body["key"]);
    assert_eq!((dynamic.get("/users").await.0, dynamic.get("/teams").await.0), (200, 401));

    let child = folder.path().join("child");
    let set = async |timeout: u32| {
        let function = json!({
            "name": "f", "runtime": language.runtime, "entrypoint": language.entrypoint, "timeout": timeout,
        });
        assert_eq!(root.send(Method::PUT, "/functions/f", function).await.0, 200);
    };
    // A machine that is busy may need more than a second until the function is called.
    for timeout in [1, 5, 25, 125] {
        set(timeout).await;
        let execution = execute_later(&root, json!({"path": "/wait"})).await;
        let ended = (&execution["status"], &execution["errors"]);
        assert_eq!(ended, (&json!("failed"), &json!("Execution timed out.\n")));
        if child.exists() {
            break;
        }
    }
    set(900).await;
    // What it has started ends with it.
    gone(std::fs::read_to_string(child).unwrap().trim()).await;

    write(folder.path(), language.entrypoint, language.broken);
    let execution = execute_later(&root, json!({})).await;
    let errors = execution["errors"].as_str().unwrap();
    let beginning = format!("{} could not build the function.\n", language.compiler);
    assert!(errors.starts_with(&beginning) && errors.contains(language.mistake), "{errors}");
    write(folder.path(), language.entrypoint, language.code);
    let execution = execute_later(&root, json!({})).await;
    assert_eq!(execution["responseStatusCode"], 201, "{execution}");
}

#[tokio::test]
async fn a_function_in_rust_is_built_and_runs() {
    it_is_built_and_runs(&RUST).await;
}

#[tokio::test]
#[ignore = "needs Swift: tasks/swift.sh runs it"]
async fn a_function_in_swift_is_built_and_runs() {
    it_is_built_and_runs(&SWIFT).await;
}

#[tokio::test]
async fn a_crate_has_its_entrypoint_as_its_library() {
    let (_folder, _emulator, root) = start(&RUST, json!({"entrypoint": "Cargo.toml"})).await;
    let errors = execute(&root, json!({})).await["errors"].to_string();
    assert!(errors.contains("make `path` in `[lib]` name the entrypoint"), "{errors}");
}

#[tokio::test]
async fn the_server_has_a_file_main_swift_itself() {
    let swift = Language { entrypoint: "main.swift", ..SWIFT };
    let (_folder, _emulator, root) = start(&swift, json!({})).await;
    let errors = execute(&root, json!({})).await["errors"].to_string();
    assert!(errors.contains("give it another name"), "{errors}");
}

#[tokio::test]
#[ignore = "needs Swift: tasks/swift.sh runs it"]
async fn a_function_in_swift_has_only_the_code_that_is_in_its_folder() {
    let (folder, _emulator, root) = start(&SWIFT, json!({})).await;
    std::fs::remove_file(folder.path().join(SWIFT.beside.0)).unwrap();
    let errors = execute_later(&root, json!({})).await["errors"].to_string();
    assert!(errors.contains("cannot find 'greeting' in scope"), "{errors}");
    let manifest = "// swift-tools-version:5.8\nimport PackageDescription\nlet package = Package(name: \"p\", dependencies: \
                    [.package(path: \"../q\")])\n";
    write(folder.path(), "Package.swift", manifest);
    let errors = execute_later(&root, json!({})).await["errors"].to_string();
    assert!(errors.contains("The server's runtime takes packages from a URL"), "{errors}");
}

/// An emulator whose `PATH` leads nowhere.
#[tokio::test]
async fn who_has_no_compiler_reads_where_to_get_it() {
    for (language, home) in [(RUST, "https://rustup.rs"), (SWIFT, "https://www.swift.org/install")] {
        let (folder, _emulator, _root) = start(&language, json!({"runtime": "node-22"})).await;
        let seed = json!({"functions": [{
            "functionId": "f", "runtime": language.runtime, "entrypoint": language.entrypoint, "path": folder.path(),
        }]});
        let file = folder.path().join("seed.json");
        std::fs::write(&file, seed.to_string()).unwrap();
        let arguments = ["--port", "0", "--key", "k", "--seed", file.to_str().unwrap()];
        let (_killed, line) = crate::program::start_with(&arguments, &[("PATH", "/nowhere")]);
        let root = Caller::at(line.trim().strip_prefix("APPWRITE_ENDPOINT=").unwrap(), "k");
        let errors = execute(&root, json!({})).await["errors"].to_string();
        let said =
            format!("needs {}, which is not on the emulator's PATH: get it from {home}", language.compiler);
        assert!(errors.contains(&said), "{errors}");
    }
}
