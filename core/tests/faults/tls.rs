//! Certificates: wrong ones fail unless the settings say otherwise.

use std::sync::Arc;

use polywrite::{CallOptions, Client, ClientBuilder, ErrorKind, Params};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::clock::{KEY, TestClock};
use crate::operations::LIST_NOTES;
use crate::server::{Server, json, respond};

/// A server's side of TLS for these names, and its CA's certificate.
pub(crate) fn identity(names: &[&str]) -> (TlsAcceptor, String) {
    let mut authority = CertificateParams::new([]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &authority).unwrap();
    (acceptor(certificate.der().clone(), &key.serialize_der()), authority.pem())
}

/// A self-signed certificate of a CA, as `openssl req -x509` makes it, with its key.
fn self_signed(names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> (TlsAcceptor, String) {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    (acceptor(certificate.der().clone(), &key.serialize_der()), certificate.pem())
}

fn acceptor(certificate: CertificateDer<'static>, key: &[u8]) -> TlsAcceptor {
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivateKeyDer::Pkcs8(key.to_vec().into()))
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

fn client(server: &Server) -> ClientBuilder {
    Client::builder().endpoint(server.endpoint()).project("shop").key(KEY).clock(TestClock::default())
}

async fn call(client: ClientBuilder) -> polywrite::Result<polywrite::Response> {
    client.build()?.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await
}

#[tokio::test]
async fn an_unknown_certificate_fails_once_and_the_error_says_what_to_do() {
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
    // A client that trusts it changes nothing for the others in the process.
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
async fn a_self_signed_certificate_that_is_given_is_trusted_for_its_names_and_dates() {
    let good = || [json("200 OK", "{}")];
    let (tls, own) = self_signed(&["127.0.0.1"], |_| {});
    let server = Server::start_tls(good(), tls).await;
    call(client(&server).ca_certificates(&own)).await.unwrap();
    // Beside other certificates, too.
    let (_, other) = self_signed(&["127.0.0.1"], |_| {});
    call(client(&server).ca_certificates(format!("{other}{own}"))).await.unwrap();
    assert_eq!(server.requests().len(), 2);
    // And if it is not a CA's.
    let (tls, own) = self_signed(&["127.0.0.1"], |params| params.is_ca = IsCa::NoCa);
    let server = Server::start_tls(good(), tls).await;
    call(client(&server).ca_certificates(own)).await.unwrap();

    let (wrong, wrong_pem) = self_signed(&["appwrite.example.com"], |_| {});
    let (old, old_pem) =
        self_signed(&["127.0.0.1"], |params| params.not_after = rcgen::date_time_ymd(2001, 2, 3));
    let (early, early_pem) =
        self_signed(&["127.0.0.1"], |params| params.not_before = rcgen::date_time_ymd(4001, 2, 3));
    let (unknown, _) = self_signed(&["127.0.0.1"], |_| {});
    for (tls, pem, reason) in [
        (wrong, wrong_pem, "its certificate is not for 127.0.0.1, but for appwrite.example.com"),
        (old, old_pem, "its certificate expired Sat, 03 Feb 2001 00:00:00 GMT"),
        (early, early_pem, "its certificate is not valid before Sat, 03 Feb 4001 00:00:00 GMT"),
        (unknown, other, "its certificate is a CA's or self-signed, and not a known one"),
    ] {
        let server = Server::start_tls(good(), tls).await;
        let error = call(client(&server).ca_certificates(pem)).await.unwrap_err();
        let server_name = server.endpoint();
        let expected = format!("{} is not trusted: {reason}", server_name.trim_end_matches("/v1"));
        assert_eq!((error.kind(), error.message()), (ErrorKind::Network, &*expected));
        assert_eq!(error.attempts().len(), 1);
        assert!(server.requests().is_empty());
    }
}

#[tokio::test]
async fn a_certificate_of_openssl_is_trusted_when_it_is_given() {
    let folder = std::env::temp_dir().join(format!("polywrite-openssl-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let made = std::process::Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem"])
        .current_dir(&folder)
        .output();
    // Without openssl the certificates above must suffice.
    if made.is_ok_and(|made| made.status.success()) {
        let certificate = std::fs::read_to_string(folder.join("certificate.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(folder.join("key.pem")).unwrap();
        let tls = acceptor(CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap(), key.secret_der());
        let server = Server::start_tls([json("200 OK", "{}")], tls).await;
        call(client(&server).ca_certificates(certificate)).await.unwrap();
        assert!(call(client(&server)).await.unwrap_err().message().contains("is not trusted"));
        assert_eq!(server.requests().len(), 1);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn plain_http_to_a_tls_port_and_the_reverse_are_named_and_not_retried() {
    let (tls, _) = identity(&["127.0.0.1"]);
    let server = Server::start_tls([json("200 OK", "{}")], tls).await;
    let plain = server.endpoint().replace("https://", "http://");
    let error = call(client(&server).endpoint(&*plain)).await.unwrap_err();
    assert_eq!(error.message(), format!("http://{} speaks TLS, not plain HTTP", server.address()));
    assert_eq!(error.hint(), Some("its address begins with https://"));
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Network, 1));

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read_u8().await;
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            // Until the client has read the response.
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
    });
    let error = call(client(&server).endpoint(format!("https://{address}/v1"))).await.unwrap_err();
    let expected = format!("cannot speak TLS with https://{address}: what it sends is not TLS");
    assert_eq!(error.message(), expected);
    assert!(error.hint().unwrap().contains("http://"), "{error}");
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Network, 1));

    // The responses of nginx and of Go's servers, such as Traefik.
    for page in [
        "<html>The plain HTTP request was sent to HTTPS port",
        "Client sent an HTTP request to an HTTPS server.\n",
    ] {
        let server = Server::start([respond("400 Bad Request", &[], page)]).await;
        let error = call(client(&server)).await.unwrap_err();
        assert_eq!(error.hint(), Some("the server expects TLS there: its address begins with https://"));
    }
}

#[tokio::test]
async fn self_signed_accepts_it_on_connections_of_its_own() {
    let (tls, _) = identity(&["appwrite.example.com"]);
    let server = Server::start_tls([json("200 OK", "{}")], tls).await;
    call(client(&server).self_signed(true)).await.unwrap();
    assert_eq!(server.requests().len(), 1);
    // That connection is still open, and must not serve a client that checks certificates.
    call(client(&server)).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn text_that_is_not_a_certificate_is_an_error() {
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
fn certificates_without_their_line_breaks_are_an_error_that_does_not_show_them() {
    let (_, good) = identity(&["127.0.0.1"]);
    // As `.env` files write it.
    let error = Client::builder().ca_certificates(good.replace('\n', "\\n")).build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.hint().unwrap().contains("line breaks"), "{error}");
    assert!(error.message().len() < 100, "{error}");
}
