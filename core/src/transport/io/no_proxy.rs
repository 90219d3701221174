//! `NO_PROXY`: servers that the client calls without a proxy.

use std::net::IpAddr;

use http::uri::{Scheme, Uri};
use ipnet::IpNet;

/// The servers that `NO_PROXY` names, as curl, undici and requests together understand them: entries between commas or
/// spaces, in any case.
///
/// | entry | servers |
/// | - | - |
/// | `*` | all |
/// | `example.com`, `.example.com` | this one and all below it |
/// | `*.example.com` | all below it |
/// | `127.0.0.1`, `::1`, `[::1]` | this address |
/// | `10.0.0.0/8`, `fd00::/8` | addresses of this network |
///
/// Each may have a port behind it, `example.com:8080` or `[::1]:8080`, and then means this port only. A dot at a name's
/// end says nothing.
#[derive(Debug, Default)]
pub(super) struct NoProxy(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    servers: Servers,
    port: Option<u16>,
}

#[derive(Debug)]
enum Servers {
    All,
    Network(IpNet),
    Named { name: String, with_name_itself: bool },
}

impl NoProxy {
    pub(in crate::transport) fn parse(text: &str) -> Self {
        let entries = text.split(|letter: char| letter == ',' || letter.is_whitespace());
        Self(entries.filter_map(Entry::parse).collect())
    }

    /// Whether the client calls a server directly.
    pub(in crate::transport) fn contains(&self, server: &Uri) -> bool {
        let host = server.host().unwrap_or_default();
        let default = if server.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
        let port = server.port_u16().unwrap_or(default);
        self.0.iter().any(|entry| entry.port.is_none_or(|only| only == port) && entry.servers.contains(host))
    }
}

impl Entry {
    fn parse(entry: &str) -> Option<Self> {
        if let Some(servers) = Servers::address(entry) {
            return Some(Self { servers, port: None });
        }
        let (servers, port) = match entry.rsplit_once(':') {
            Some((servers, port)) => (servers, Some(port.parse().ok()?)),
            None => (entry, None),
        };
        let servers = match Servers::address(servers) {
            Some(address) => address,
            None => Servers::named(servers)?,
        };
        Some(Self { servers, port })
    }
}

impl Servers {
    fn address(text: &str) -> Option<Self> {
        let network = text.parse::<IpNet>().ok().or_else(|| Some(address(text)?.into()))?;
        Some(Self::Network(network))
    }

    fn named(text: &str) -> Option<Self> {
        let text = without_dot(text);
        if text == "*" {
            return Some(Self::All);
        }
        let below = text.strip_prefix("*.");
        let name = below.or_else(|| text.strip_prefix('.')).unwrap_or(text).to_ascii_lowercase();
        (!name.is_empty()).then_some(Self::Named { name, with_name_itself: below.is_none() })
    }

    fn contains(&self, host: &str) -> bool {
        match self {
            Self::All => true,
            Self::Network(network) => address(host).is_some_and(|address| network.contains(&address)),
            Self::Named { .. } if address(host).is_some() => false,
            Self::Named { name, with_name_itself } => {
                let host = without_dot(host).to_ascii_lowercase();
                match host.strip_suffix(name.as_str()) {
                    Some("") => *with_name_itself,
                    Some(before) => before.ends_with('.'),
                    None => false,
                }
            }
        }
    }
}

fn without_dot(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

/// An IP address, with the brackets that a URL has around it or without them.
fn address(text: &str) -> Option<IpAddr> {
    text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_proxy_is_read_in_all_its_forms() {
        for (no_proxy, server, is_direct) in [
            ("", "http://a.test", false),
            ("*", "http://a.test", true),
            ("*", "https://127.0.0.1", true),
            ("b.test, *", "http://a.test", true),
            ("a.test", "http://a.test", true),
            ("a.test", "https://x.a.test", true),
            ("a.test", "http://ba.test", false),
            ("a.test", "http://a.test.evil", false),
            (".a.test", "http://a.test", true),
            (".a.test", "http://x.y.a.test", true),
            (".a.test", "http://ba.test", false),
            ("*.a.test", "http://x.a.test", true),
            ("*.a.test", "http://a.test", false),
            ("*.a.test", "http://ba.test", false),
            ("A.Test", "http://a.test", true),
            ("a.test", "http://A.TEST", true),
            ("a.test.", "http://a.test", true),
            ("a.test", "http://a.test.", true),
            ("a.test:8080", "http://a.test:8080", true),
            ("a.test:8080", "http://a.test", false),
            ("a.test:80", "http://a.test", true),
            ("a.test:443", "https://a.test", true),
            (".a.test:8080", "http://x.a.test:8080", true),
            ("*:8080", "http://a.test:8080", true),
            ("*:8080", "http://a.test", false),
            ("127.0.0.1", "http://127.0.0.1:5000", true),
            ("127.0.0.1:5000", "http://127.0.0.1:5000", true),
            ("127.0.0.1:5000", "http://127.0.0.1:5001", false),
            ("127.0.0.0/8", "http://127.9.9.9", true),
            ("127.0.0.0/8", "http://128.0.0.1", false),
            ("10.1.2.3/8", "http://10.9.9.9", true),
            ("::1", "http://[::1]", true),
            ("[::1]", "http://[::1]:5000", true),
            ("[::1]:5000", "http://[::1]:5000", true),
            ("[::1]:5000", "http://[::1]", false),
            ("fd00::/8", "http://[fd12::1]", true),
            ("0:0:0:0:0:0:0:1", "http://[::1]", true),
            ("  b.test ,\ta.test ", "http://a.test", true),
            ("b.test a.test", "http://a.test", true),
            (",,a.test,", "http://a.test", true),
            ("0.0.1", "http://127.0.0.1", false),
            (". : :80 a.test:x", "http://a.test", false),
        ] {
            let no_proxy = NoProxy::parse(no_proxy);
            assert_eq!(
                no_proxy.contains(&server.parse().unwrap()),
                is_direct,
                "{server} beside {no_proxy:?}"
            );
        }
    }
}
