//! `polywrite build`: what it makes of documents, where it finds the server, and what it says of what it cannot make.

#![allow(clippy::unwrap_used, reason = "a test stops where it must")]

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    process::Command,
    thread,
};

const PET: &str = r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {"operationId": "petsList", "tags": ["pets"],
    "responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}}}}"#;

/// Runs it in a folder. Returns whether it went well, and what it printed.
fn build(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_polywrite"))
        .arg("build")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(printed).unwrap())
}

fn folder_with(document: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.json"), document).unwrap();
    folder
}

/// Serves a document at each path, and returns its URL.
fn serve(document: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/docs/openapi.json", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let head =
                format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", document.len());
            stream.write_all(format!("{head}{document}").as_bytes()).unwrap();
        }
    });
    url
}

#[test]
fn packages_are_named_as_asked_and_know_their_server() {
    let document = format!(r#"{PET}, "servers": [{{"url": "/v2"}}]}}"#);
    let folder = folder_with(&document);
    let url = serve(document);
    let out = folder.path().join("out");
    let (fine, printed) =
        build(folder.path(), &[&url, "--lang", "all", "--out", "out", "--name", "pet-shop"]);
    assert!(fine && printed.contains("npm install ") && printed.contains("pip install "), "{printed}");
    assert!(printed.contains("rust: cargo add --path ") && printed.contains("--type path "), "{printed}");
    let endpoint = url.replace("/docs/openapi.json", "/v2");
    let index = fs::read_to_string(out.join("node/index.js")).unwrap();
    assert!(index.contains(&format!("const ENDPOINT = \"{endpoint}\";")), "{index}");
    let client = fs::read_to_string(out.join("python/pet_shop/client.py")).unwrap();
    assert!(client.contains(&format!("ENDPOINT = \"{endpoint}\"")), "{client}");

    let client = fs::read_to_string(out.join("rust/src/client.rs")).unwrap();
    assert!(client.contains(&format!("ENDPOINT: &str = \"{endpoint}\";")), "{client}");

    let client = fs::read_to_string(out.join("swift/Sources/PetShop/Client.swift")).unwrap();
    assert!(client.contains(&format!("petShopEndpoint: String {{ \"{endpoint}\" }}")), "{client}");

    let own = ["pets.json", "--lang", "node", "--out", "out", "--name", "pet-shop", "--version", "2.0.1"];
    let (fine, printed) = build(folder.path(), &own);
    assert!(fine && printed.contains("say it with --endpoint"), "{printed}");
    let (fine, printed) =
        build(folder.path(), &[&own[..], &["--endpoint", "https://pets.example/v1"]].concat());
    assert!(fine && !printed.contains("--endpoint"), "{printed}");
    let index = fs::read_to_string(out.join("node/index.js")).unwrap();
    assert!(index.contains("const ENDPOINT = \"https://pets.example/v1\";"), "{index}");
    let manifest = fs::read_to_string(out.join("node/package.json")).unwrap();
    assert!(
        manifest.contains("\"name\": \"pet-shop\"") && manifest.contains("\"version\": \"2.0.1\""),
        "{manifest}"
    );
}

#[test]
fn what_cannot_be_made_is_said_with_what_to_do() {
    let node = ["pets.json", "--lang", "node", "--out", "acme"];
    for (document, arguments, words) in [
        ("openapi: 3.0.0\npaths: {}\n", &node[..], "convert it if it is YAML"),
        ("{\"swagger\": \"2.0\"}", &node, "convert it if it is of Swagger 2"),
        ("{\"openapi\": \"3.0.0\", \"paths\": {}}", &node, "the document has no operations"),
        (PET, &node, "is not JSON"),
        ("{}", &["nothing.json", "--lang", "node", "--out", "acme"], "nothing.json"),
        ("{}", &["pets.json", "--lang", "node", "--out", "Acme"], "`Acme` is not a name for a package"),
        ("{}", &["pets.json", "--lang", "cobol", "--out", "acme"], "cobol"),
        (&format!("{PET}}}"), &[&node[..], &["--endpoint", "pets.example"]].concat(), "write https://"),
        (
            &format!("{PET}}}").replace("petsList", "?").replace("\"pets\"", "\"?\""),
            &node,
            "GET /pets has no name: give it an `operationId` and a tag with letters",
        ),
    ] {
        let folder = folder_with(document);
        let (fine, printed) = build(folder.path(), arguments);
        assert!(!fine && printed.contains(words), "{words}: {printed}");
        assert!(!folder.path().join("acme").exists(), "{words}");
    }
}

#[test]
fn what_is_not_a_package_stays_as_it_is() {
    let folder = folder_with(&format!("{PET}}}"));
    fs::create_dir_all(folder.path().join("acme/node")).unwrap();
    fs::write(folder.path().join("acme/node/index.js"), "mine").unwrap();
    let (fine, printed) = build(folder.path(), &["pets.json", "--lang", "node", "--out", "acme"]);
    assert!(!fine && printed.contains("choose another folder"), "{printed}");
    assert_eq!(fs::read_to_string(folder.path().join("acme/node/index.js")).unwrap(), "mine");
}
