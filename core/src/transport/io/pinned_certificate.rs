//! A server whose own certificate is among the CA certificates that the client was given.

use rustls::client::danger::ServerCertVerified;
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, OtherError, RootCertStore};

/// Accepts the certificate for its own names and dates, by any issuer: a self-signed certificate is often a CA's, as
/// `openssl req -x509` makes it, and webpki refuses a CA's certificate as a server's.
pub(super) fn verify(
    certificate: &CertificateDer<'_>,
    server_name: &ServerName<'_>,
    now: UnixTime,
    algorithms: &WebPkiSupportedAlgorithms,
) -> Result<ServerCertVerified, Error> {
    let parsed = ParsedCertificate::try_from(certificate)?;
    let mut roots = RootCertStore::empty();
    roots.add(certificate.clone().into_owned())?;
    match verify_server_cert_signed_by_trust_anchor(&parsed, &roots, &[], now, algorithms.all) {
        Err(Error::InvalidCertificate(problem)) if !is_about_the_issuer(&problem) => {
            return Err(problem.into());
        }
        Err(Error::InvalidCertificate(_)) | Ok(()) => {}
        Err(other) => return Err(other),
    }
    verify_server_name(&parsed, server_name)?;
    Ok(ServerCertVerified::assertion())
}

/// Problems that do not count for a certificate that was given. webpki checks the dates before both; tests hold that.
fn is_about_the_issuer(problem: &CertificateError) -> bool {
    match problem {
        CertificateError::UnknownIssuer => true,
        CertificateError::Other(OtherError(cause)) => {
            cause.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity)
        }
        _ => false,
    }
}
