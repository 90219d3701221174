//! Settings of the connections that we open, and the certificates that they trust.

pub(crate) mod proxy;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::{Error, Result};
use crate::secret::Secret;
use crate::settings::generated::{CONNECT_TIMEOUT, MAX_CONNECTIONS};
use crate::settings::limits::more_than_nothing;
use crate::settings::{Change, ClientConfig};
use proxy::is_proxy;

/// What decides whether two clients may share connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConnectionSettings {
    pub(crate) self_signed: bool,
    pub(crate) ca_certificates: Option<CaCertificates>,
    pub(crate) proxy: Option<Secret>,
    pub(crate) http1_only: bool,
    pub(crate) connect_timeout: Duration,
    /// How many connections to one server are open at the same time.
    pub(crate) max_connections: u64,
}

impl Default for ConnectionSettings {
    fn default() -> Self {
        Self {
            self_signed: false,
            ca_certificates: None,
            proxy: None,
            http1_only: false,
            connect_timeout: CONNECT_TIMEOUT,
            max_connections: MAX_CONNECTIONS,
        }
    }
}

impl ConnectionSettings {
    /// Whether any certificate is accepted.
    pub(crate) fn accepts_any_certificate(&self) -> bool {
        self.self_signed
    }

    /// Applies a patch.
    ///
    /// # Errors
    /// `Configuration` for a value that cannot work.
    pub(in crate::settings) fn apply(&mut self, config: &ClientConfig) -> Result<()> {
        config.self_signed.apply(&mut self.self_signed, false);
        config.http1_only.apply(&mut self.http1_only, false);
        more_than_nothing("connectTimeout", &config.connect_timeout)?
            .apply(&mut self.connect_timeout, CONNECT_TIMEOUT);
        more_than_nothing("maxConnections", &config.max_connections)?
            .apply(&mut self.max_connections, MAX_CONNECTIONS);
        config.proxy.apply_secret(&mut self.proxy);
        if self.proxy.as_ref().is_some_and(|proxy| !is_proxy(proxy.expose())) {
            return Err(Error::configuration("the proxy is not a valid URL")
                .with_hint("it should look like http://proxy.example.com:8080"));
        }
        match &config.ca_certificates {
            Change::Keep => {}
            Change::To(pem) if !pem.trim().is_empty() => {
                self.ca_certificates = Some(CaCertificates::from_pem(pem)?);
            }
            Change::Reset | Change::To(_) => self.ca_certificates = None,
        }
        Ok(())
    }
}

/// Certificates to trust beside the platform's.
#[derive(Clone, Eq)]
pub(crate) struct CaCertificates(Arc<[CertificateDer<'static>]>);

/// Compared with every call. Clients made from one another share theirs, and a bundle has hundreds of kilobytes.
impl PartialEq for CaCertificates {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl CaCertificates {
    /// Reads one or more certificates.
    pub(crate) fn from_pem(pem: &str) -> Result<Self> {
        // The reader's error quotes the text, which may contain a private key.
        let certificates: Vec<_> =
            CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<_, _>>().map_err(|_| {
                Error::configuration("the CA certificates are not valid PEM")
                    .with_hint("give the text of the file as it is, with its line breaks")
            })?;
        for (place, certificate) in certificates.iter().enumerate() {
            RootCertStore::empty().add(certificate.clone()).map_err(|_| {
                let place = place + 1;
                Error::configuration(format!("certificate {place} of the CA certificates is not valid"))
            })?;
        }
        if certificates.is_empty() {
            return Err(Error::configuration("the CA certificates contain no certificate")
                .with_hint("give the PEM text itself (-----BEGIN CERTIFICATE-----), not a path"));
        }
        Ok(Self(certificates.into()))
    }

    /// The certificates.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &CertificateDer<'static>> {
        self.0.iter()
    }
}

impl fmt::Debug for CaCertificates {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} certificates", self.0.len())
    }
}
