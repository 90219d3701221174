//! Which servers the client trusts.

use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier as PlatformVerifier;

use super::pinned_certificate;
use crate::settings::CaCertificates;

/// Verifies certificates. It loads the roots when the first server presents its certificate: reading the platform's takes
/// milliseconds, which neither a constructor nor a plain-HTTP program should pay.
#[derive(Debug)]
pub(in crate::transport) struct Verifier {
    trust: Trust,
    provider: Arc<CryptoProvider>,
    loaded: OnceLock<Result<PlatformVerifier, Error>>,
}

/// What a verifier trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::transport) enum Trust {
    /// The platform's roots, the web's roots and these certificates.
    Roots(Option<CaCertificates>),
    /// Every certificate.
    Anyone,
}

impl Verifier {
    pub(in crate::transport) fn new(trust: Trust) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        Self { trust, provider, loaded: OnceLock::new() }
    }

    pub(in crate::transport) fn trust(&self) -> &Trust {
        &self.trust
    }

    fn roots(&self, own: Option<&CaCertificates>) -> Result<&PlatformVerifier, Error> {
        // The web's roots make slim images work, which have none; the platform's make company CAs work.
        let load = || {
            let web = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
            let own = own.into_iter().flat_map(CaCertificates::iter);
            PlatformVerifier::new_with_extra_roots(web.chain(own).cloned(), self.provider.clone())
        };
        self.loaded.get_or_init(load).as_ref().map_err(Clone::clone)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.trust {
            Trust::Anyone => Ok(ServerCertVerified::assertion()),
            Trust::Roots(Some(own)) if own.iter().any(|known| known == end_entity) => {
                pinned_certificate::verify(
                    end_entity,
                    server_name,
                    now,
                    &self.provider.signature_verification_algorithms,
                )
            }
            Trust::Roots(own) => self.roots(own.as_ref())?.verify_server_cert(
                end_entity,
                intermediates,
                server_name,
                ocsp_response,
                now,
            ),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The TLS side of a pool: rustls with ring, whatever provider the host program uses.
pub(in crate::transport) fn config(verifier: Arc<Verifier>, http1_only: bool) -> Result<ClientConfig, Error> {
    let mut config = ClientConfig::builder_with_provider(verifier.provider.clone())
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.alpn_protocols =
        if http1_only { vec!["http/1.1".into()] } else { vec!["h2".into(), "http/1.1".into()] };
    Ok(config)
}
