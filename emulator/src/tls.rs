//! A self-signed certificate, made at start.

use std::sync::Arc;

use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring::default_provider,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::Error;

/// A certificate for `localhost` and the loopback addresses.
pub(crate) struct Certificate {
    /// Answers handshakes with it; HTTP/2 and HTTP/1.1 by ALPN.
    pub(crate) acceptor: TlsAcceptor,
    /// The certificate as PEM, for clients to trust.
    pub(crate) pem: String,
}

impl Certificate {
    /// Makes a new one; it is its own authority.
    pub(crate) fn new() -> Result<Self, Error> {
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        let made = rcgen::generate_simple_self_signed(names)
            .map_err(|problem| Error::new("make a certificate", problem))?;
        let pem = made.cert.pem();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|problem| Error::new("set up TLS", problem))?
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .map_err(|problem| Error::new("set up TLS", problem))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), pem })
    }
}
