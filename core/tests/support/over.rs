//! The HTTP client that the tests of a process run over: the pool, or the one that an environment variable names.

use polywrite::{Client, ClientBuilder};

/// `wrapped` for middleware around the pool, `reqwest` for a client of reqwest.
const VARIABLE: &str = "POLYWRITE_TEST_HTTP_CLIENT";

/// A builder of clients over the HTTP client that this process is about.
pub(crate) fn builder() -> ClientBuilder {
    let builder = Client::builder();
    match std::env::var(VARIABLE).as_deref() {
        Err(_) => builder,
        Ok("wrapped") => builder.http_client(Client::new().http_client()),
        #[cfg(feature = "reqwest")]
        Ok("reqwest") => builder.http_client(reqwest()),
        Ok(other) => unreachable!("{VARIABLE} is {other}"),
    }
}

/// A client of reqwest, of each test's own as it lives in the test's runtime.
#[cfg(feature = "reqwest")]
pub(crate) fn reqwest() -> polywrite::http::Reqwest {
    polywrite::http::Reqwest::build(reqwest_builder()).unwrap()
}

/// Makes clients of reqwest without certificates to trust: what they call speaks plain HTTP.
#[cfg(feature = "reqwest")]
pub(crate) fn reqwest_builder() -> ::reqwest::ClientBuilder {
    let ring = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(ring).with_safe_default_protocol_versions();
    let tls = tls.unwrap();
    let tls = tls.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth();
    ::reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy()
}

/// Runs the tests of this process in another one that is about an HTTP client, but those whose names have one of these texts.
#[cfg(feature = "reqwest")]
pub(crate) fn again(over: &str, skipped: &[&str]) {
    if std::env::var_os(VARIABLE).is_some() {
        return;
    }
    let mut tests = std::process::Command::new(std::env::current_exe().unwrap());
    // They wait more than they work.
    tests.env(VARIABLE, over).arg("--test-threads=4").args(skipped.iter().flat_map(|name| ["--skip", name]));
    let output = tests.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
