//! Listening, on threads of the emulator's own.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use axum::{Router, extract::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    runtime::{Handle, Runtime},
};
use tokio_rustls::TlsAcceptor;

use crate::{Error, app, functions, state::State, webhook};

/// A running server; dropping it closes every connection.
#[derive(Debug)]
pub(crate) struct Server {
    runtime: Option<Runtime>,
    /// Starts tasks on its threads.
    pub(crate) tasks: Handle,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts listening on a port of an address; 0 finds a free one.
    pub(crate) fn start(
        state: Arc<State>,
        host: IpAddr,
        port: u16,
        tls: Option<TlsAcceptor>,
    ) -> Result<Self, Error> {
        let listener = std::net::TcpListener::bind((host, port))
            .map_err(|problem| Error::new(&format!("listen on {}", SocketAddr::new(host, port)), problem))?;
        let address = listener.local_addr().map_err(|problem| Error::new("listen", problem))?;
        listener.set_nonblocking(true).map_err(|problem| Error::new("listen", problem))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("emulator")
            .enable_all()
            .build()
            .map_err(|problem| Error::new("start threads", problem))?;
        runtime.spawn(webhook::deliver(Arc::clone(&state)));
        runtime.spawn(functions::work(Arc::clone(&state)));
        runtime.spawn(functions::keep_schedules(Arc::clone(&state)));
        let router = Router::new().fallback(move |request: Request| app::handle(state.clone(), request));
        runtime.spawn(accept(listener, router, tls));
        Ok(Self { tasks: runtime.handle().clone(), runtime: Some(runtime), address })
    }

    /// Where programs on this machine reach it.
    pub(crate) fn reachable(&self) -> SocketAddr {
        let host = match self.address.ip() {
            IpAddr::V4(host) if host.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(host) if host.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            host => host,
        };
        SocketAddr::new(host, self.address.port())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Not waiting makes this safe inside a caller's runtime.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn accept(listener: std::net::TcpListener, router: Router, tls: Option<TlsAcceptor>) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // A connection that broke before it was accepted, or no file left to open: neither is a reason to stop,
            // and the latter needs a moment to pass.
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (router, tls) = (router.clone(), tls.clone());
        tokio::spawn(async move {
            match tls {
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, router).await;
                    }
                }
                None => serve(stream, router).await,
            }
        });
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router) {
    let builder = Builder::new(TokioExecutor::new());
    // A client that closes the connection in the middle is its own business.
    let _ =
        builder.serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}
