//! A server that shows a certificate which the program was given itself.

use rustls::client::danger::ServerCertVerified;
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, OtherError, RootCertStore};

/// Accepts the certificate for its own names and dates, whoever issued it: one that signed itself is often a CA's by the
/// letter, as `openssl req -x509` makes it, and no CA's certificate may otherwise be a server's.
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

/// What says nothing against a certificate that was given. The dates are looked at before both; tests hold that.
fn is_about_the_issuer(problem: &CertificateError) -> bool {
    match problem {
        CertificateError::UnknownIssuer => true,
        CertificateError::Other(OtherError(cause)) => {
            cause.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity)
        }
        _ => false,
    }
}
