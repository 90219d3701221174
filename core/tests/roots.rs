//! Which certificates are trusted: the platform's, and the web's where the platform has none.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use polywrite::{Client, ErrorKind};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

#[tokio::test]
async fn a_companys_own_ca_in_the_platforms_list_is_trusted() {
    let (endpoint, ca) = server().await;
    let file = std::env::temp_dir().join(format!("polywrite-roots-{}.pem", std::process::id()));
    std::fs::write(&file, ca).unwrap();
    let outcome = call(&endpoint, &file).await;
    std::fs::remove_file(&file).unwrap();
    assert_eq!(outcome, "success");
}

#[tokio::test]
async fn a_platform_without_a_list_does_not_fail() {
    let (endpoint, _) = server().await;
    // The web's certificates are there, but none of them signed this server's.
    assert_eq!(call(&endpoint, Path::new("/nowhere.pem")).await, "not trusted");
}

/// Calls in a process of its own, because the environment names the platform's list.
async fn call(endpoint: &str, list: &Path) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "in_a_process_of_its_own", "--ignored", "--nocapture"]);
    child.env("SSL_CERT_FILE", list).env("SSL_CERT_DIR", "/nowhere");
    child.env("APPWRITE_ENDPOINT", endpoint).env("APPWRITE_PROJECT_ID", "p");
    let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines()
        .find_map(|line| line.split_once("outcome: "))
        .map(|(_, outcome)| outcome.to_owned())
        .unwrap_or(text)
}

#[tokio::test]
#[ignore = "the other tests run it"]
async fn in_a_process_of_its_own() {
    let outcome = match Client::from_env().unwrap().ping().await {
        Ok(_) => "success".to_owned(),
        Err(error) if error.kind() == ErrorKind::Network && error.message().contains("is not trusted") => {
            "not trusted".to_owned()
        }
        Err(error) => error.to_string(),
    };
    println!("\noutcome: {outcome}");
}

/// A server whose certificate comes from a CA of its own: endpoint and the CA's certificate.
async fn server() -> (String, String) {
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    let tls = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("https://{}/v1", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            // A client that does not trust us closes the connection within the handshake.
            let Ok(mut stream) = tls.accept(stream).await else { continue };
            let mut seen = Vec::new();
            while !seen.ends_with(b"\r\n\r\n")
                && stream.read_buf(&mut seen).await.is_ok_and(|length| length > 0)
            {}
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nPong!").await;
            let _ = stream.shutdown().await;
        }
    });
    (endpoint, authority.pem())
}
