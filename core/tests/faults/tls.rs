//! Certificates: wrong ones are refused unless told otherwise.

use std::sync::Arc;

use polywrite::{CallOptions, Client, ClientBuilder, ErrorKind, Params};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::clock::{KEY, TestClock};
use crate::operations::LIST_NOTES;
use crate::server::{Server, json};

/// A server's side of TLS for these names, and its CA's certificate.
pub(crate) fn identity(names: &[&str]) -> (TlsAcceptor, String) {
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &authority).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), authority.pem())
}

fn client(server: &Server) -> ClientBuilder {
    Client::builder().endpoint(server.endpoint()).project("shop").key(KEY).clock(TestClock::default())
}

async fn call(client: ClientBuilder) -> polywrite::Result<polywrite::Response> {
    client.build()?.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await
}

#[tokio::test]
async fn an_unknown_certificate_is_refused_once_and_says_what_to_do() {
    let (tls, _) = identity(&["127.0.0.1"]);
    let server = Server::start_tls([json("200 OK", "{}")], tls).await;
    let error = call(client(&server)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert!(error.message().contains("is not trusted"), "{error}");
    assert!(error.hint().unwrap().contains("self-signed"), "{error}");
    assert_eq!(error.attempts().len(), 1);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_given_ca_is_trusted_and_no_other() {
    let (tls, ca) = identity(&["127.0.0.1"]);
    let (_, other) = identity(&["127.0.0.1"]);
    let server = Server::start_tls([json("200 OK", "{}")], tls).await;
    call(client(&server).ca_certificates(ca)).await.unwrap();
    assert_eq!(server.requests().len(), 1);
    call(client(&server).ca_certificates(other)).await.unwrap_err();
    // A trusting client in the same process changes nothing for the others.
    call(client(&server)).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_given_ca_does_not_vouch_for_other_names() {
    let (tls, ca) = identity(&["appwrite.example.com"]);
    let server = Server::start_tls([json("200 OK", "{}")], tls).await;
    let error = call(client(&server).ca_certificates(ca)).await.unwrap_err();
    assert!(error.message().contains("is not trusted"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn self_signed_accepts_it_and_stays_apart() {
    let (tls, _) = identity(&["appwrite.example.com"]);
    let server = Server::start_tls([json("200 OK", "{}")], tls).await;
    call(client(&server).self_signed(true)).await.unwrap();
    assert_eq!(server.requests().len(), 1);
    // The accepted connection is still open, and must not serve a client that checks.
    call(client(&server)).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn what_is_no_certificate_is_refused() {
    let block =
        |content: &str| format!("-----BEGIN CERTIFICATE-----\n{content}\n-----END CERTIFICATE-----\n");
    for pem in ["/etc/ssl/ca.pem", &block("!!!"), &block("AAAA")] {
        let error = Client::builder().ca_certificates(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{pem}");
    }
    let (_, good) = identity(&["127.0.0.1"]);
    let error = Client::builder().ca_certificates(format!("{good}{}", block("AAAA"))).build().unwrap_err();
    assert!(error.message().contains("certificate 2 of the CA certificates"), "{error}");
}

#[test]
fn certificates_without_their_line_breaks_are_refused_and_not_shown() {
    let (_, good) = identity(&["127.0.0.1"]);
    // As `.env` files write it.
    let error = Client::builder().ca_certificates(good.replace('\n', "\\n")).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.hint().unwrap().contains("line breaks"), "{error}");
    assert!(error.message().len() < 100, "{error}");
}
