//! Opening connections.

pub(super) mod connector;
pub(super) mod forward_proxy;
pub(super) mod no_proxy;
pub(super) mod pinned_certificate;
pub(super) mod proxy;
pub(super) mod proxy_error;
pub(super) mod stream;
pub(super) mod tcp;
pub(super) mod tls;
pub(super) mod tls_error;
pub(super) mod tunnel;
