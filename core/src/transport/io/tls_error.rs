//! Why a TLS handshake failed, in sentences for people.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, Error, InvalidMessage, OtherError, PeerIncompatible};

const HOW_TO_TRUST: &str = "give the client the certificate of the server's CA, or the server's own if it is \
    self-signed, as a CA certificate (`caCertificates`, in Python and Rust `ca_certificates`); for development only, \
    `selfSigned` (`self_signed`) accepts any certificate";

/// What went wrong with a server.
pub(in crate::transport) struct Problem {
    /// What is wrong; the server is the subject.
    pub(in crate::transport) sentence: String,
    pub(in crate::transport) hint: Option<&'static str>,
    /// Another attempt would fail in the same way.
    pub(in crate::transport) lasts: bool,
}

/// What a TLS error means.
pub(in crate::transport) fn problem(server: &str, cause: &Error) -> Problem {
    let no_handshake = |reason: &str| format!("cannot speak TLS with {server}: {reason}");
    let (sentence, hint, lasts) = match cause {
        Error::InvalidCertificate(problem) => {
            let (reason, hint) = certificate(problem);
            (format!("{server} is not trusted: {reason}"), hint, true)
        }
        Error::NoCertificatesPresented => {
            (format!("{server} is not trusted: it shows no certificate"), None, true)
        }
        Error::InvalidMessage(
            InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion,
        ) => (
            no_handshake("what it sends is not TLS"),
            Some("if it speaks plain HTTP on that port, its address begins with http://"),
            true,
        ),
        Error::AlertReceived(alert) => (no_handshake(&alert_reason(*alert)), None, !passes(*alert)),
        Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => (no_handshake("it speaks neither TLS 1.2 nor TLS 1.3"), None, true),
        Error::PeerIncompatible(_) => {
            (no_handshake("it and this client know no cipher or signature in common"), None, true)
        }
        Error::NoApplicationProtocol => (no_handshake("it offers neither HTTP/2 nor HTTP/1.1"), None, true),
        // The platform's own verifier writes sentences for people.
        Error::General(reason) => (no_handshake(reason), None, true),
        _ => (no_handshake("what it sends breaks the rules of TLS"), None, false),
    };
    Problem { sentence, hint, lasts }
}

/// What is wrong with a certificate, and what to do about it.
fn certificate(problem: &CertificateError) -> (String, Option<&'static str>) {
    use CertificateError as E;
    let lasting = |reason: &str| (reason.to_owned(), None);
    match problem {
        E::UnknownIssuer => ("its certificate comes from an unknown CA".into(), Some(HOW_TO_TRUST)),
        E::Other(OtherError(cause)) if is_ca_as_server(cause) => {
            ("its certificate is a CA's or self-signed, and not a known one".into(), Some(HOW_TO_TRUST))
        }
        E::Expired => lasting("its certificate has expired"),
        E::ExpiredContext { not_after, .. } => (dated("its certificate expired", *not_after), None),
        E::NotValidYet => lasting("its certificate is not valid yet"),
        E::NotValidYetContext { not_before, .. } => (
            dated("its certificate is not valid before", *not_before),
            Some("is the clock of this machine right?"),
        ),
        E::NotValidForName => lasting("its certificate is for another name"),
        E::NotValidForNameContext { expected, presented } => {
            (other_names(&expected.to_str(), presented), None)
        }
        E::Revoked => lasting("its certificate was revoked"),
        E::UnknownRevocationStatus | E::ExpiredRevocationList | E::ExpiredRevocationListContext { .. } => {
            lasting("it is not known whether its certificate was revoked")
        }
        E::BadEncoding => lasting("its certificate is damaged"),
        E::BadSignature => lasting("the signature of its certificate is wrong"),
        E::UnsupportedSignatureAlgorithmContext { .. }
        | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            lasting("its certificate is signed in a way that is not supported")
        }
        E::InvalidPurpose | E::InvalidPurposeContext { .. } => {
            lasting("its certificate is not one for servers")
        }
        E::UnhandledCriticalExtension => {
            lasting("its certificate has a critical extension that is not supported")
        }
        E::InvalidOcspResponse => lasting("the OCSP response with its certificate is wrong"),
        _ => lasting("its certificate cannot be verified"),
    }
}

fn is_ca_as_server(cause: &std::sync::Arc<dyn std::error::Error + Send + Sync>) -> bool {
    cause.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity)
}

fn other_names(expected: &str, presented: &[String]) -> String {
    // As in `DnsName("example.com")` and `IpAddress(127.0.0.1)`.
    let plain = |name: &String| {
        let inside = name.split_once('(').map_or(name.as_str(), |(_, inside)| inside);
        inside.trim_end_matches(')').trim_matches('"').to_owned()
    };
    match presented {
        [] => format!(
            "its certificate is not for {expected}: it has no subject alternative name, and a common name does not count"
        ),
        names => {
            let names: Vec<String> = names.iter().map(plain).collect();
            format!("its certificate is not for {expected}, but for {}", names.join(", "))
        }
    }
}

/// What happened, and when.
fn dated(what: &str, time: UnixTime) -> String {
    // The last second that `fmt_http_date` can write.
    const YEAR_9999: u64 = 253_402_300_799;
    let time: SystemTime = UNIX_EPOCH + Duration::from_secs(time.as_secs().min(YEAR_9999));
    format!("{what} {}", httpdate::fmt_http_date(time))
}

/// What a TLS alert means.
fn alert_reason(alert: AlertDescription) -> String {
    use AlertDescription as A;
    match alert {
        A::HandshakeFailure | A::InsufficientSecurity => "it knows no cipher or signature in common".into(),
        A::ProtocolVersion => "it speaks neither TLS 1.2 nor TLS 1.3".into(),
        A::UnrecognisedName => "it does not know this host name".into(),
        A::NoApplicationProtocol => "it offers neither HTTP/2 nor HTTP/1.1".into(),
        A::CertificateRequired | A::NoCertificate | A::AccessDenied => {
            "it asks for a certificate of the client, which cannot be given".into()
        }
        A::InternalError => "it had an error of its own".into(),
        A::CloseNotify | A::UserCanceled => "it ended the handshake".into(),
        other => format!("it refused the handshake with alert {}", u8::from(other)),
    }
}

/// Whether another attempt may succeed.
fn passes(alert: AlertDescription) -> bool {
    use AlertDescription as A;
    matches!(alert, A::InternalError | A::CloseNotify | A::UserCanceled | A::BadRecordMac | A::DecodeError)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rustls::pki_types::ServerName;
    use rustls::{InvalidMessage, PeerMisbehaved};

    use super::*;

    fn time(seconds: u64) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(seconds))
    }

    #[test]
    fn every_problem_has_a_sentence() {
        let other = |cause: webpki::Error| CertificateError::Other(OtherError(Arc::new(cause)));
        let expected = ServerName::try_from("a.test").unwrap();
        let presented = vec!["DnsName(\"b.test\")".to_owned(), "IpAddress(127.0.0.1)".to_owned()];
        for (cause, words) in [
            (
                CertificateError::ExpiredContext { time: time(784_111_778), not_after: time(784_111_777) }
                    .into(),
                "https://a is not trusted: its certificate expired Sun, 06 Nov 1994 08:49:37 GMT",
            ),
            (
                CertificateError::NotValidYetContext { time: time(1), not_before: time(u64::MAX) }.into(),
                "https://a is not trusted: its certificate is not valid before Fri, 31 Dec 9999 23:59:59 GMT",
            ),
            (
                CertificateError::NotValidForNameContext { expected: expected.clone(), presented }.into(),
                "https://a is not trusted: its certificate is not for a.test, but for b.test, 127.0.0.1",
            ),
            (
                CertificateError::NotValidForNameContext { expected, presented: Vec::new() }.into(),
                "https://a is not trusted: its certificate is not for a.test: it has no subject alternative name, \
                 and a common name does not count",
            ),
            (
                other(webpki::Error::CaUsedAsEndEntity).into(),
                "https://a is not trusted: its certificate is a CA's or self-signed, and not a known one",
            ),
            (
                other(webpki::Error::BadDerTime).into(),
                "https://a is not trusted: its certificate cannot be verified",
            ),
            (
                Error::AlertReceived(AlertDescription::HandshakeFailure),
                "cannot speak TLS with https://a: it knows no cipher or signature in common",
            ),
            (
                Error::AlertReceived(AlertDescription::UnknownCA),
                "cannot speak TLS with https://a: it refused the handshake with alert 48",
            ),
            (
                Error::InvalidMessage(InvalidMessage::MessageTooShort),
                "cannot speak TLS with https://a: what it sends breaks the rules of TLS",
            ),
            (
                PeerMisbehaved::TooMuchEarlyDataReceived.into(),
                "cannot speak TLS with https://a: what it sends breaks the rules of TLS",
            ),
        ] {
            assert_eq!(problem("https://a", &cause).sentence, words);
        }
    }

    #[test]
    fn hints_name_the_safe_setting_first() {
        for cause in [
            CertificateError::UnknownIssuer,
            CertificateError::Other(OtherError(Arc::new(webpki::Error::CaUsedAsEndEntity))),
        ] {
            let hint = problem("https://a", &cause.into()).hint.unwrap();
            assert!(hint.find("caCertificates").unwrap() < hint.find("selfSigned").unwrap(), "{hint}");
        }
        // Accepting any certificate would not help with these.
        assert!(problem("https://a", &CertificateError::Expired.into()).hint.is_none());
    }
}
