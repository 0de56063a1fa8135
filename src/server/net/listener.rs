//! A listening socket with a backlog deep enough for everyone coming back at once.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::{TcpListener, TcpStream};

/// The kernel may cap it (`net.core.somaxconn`).
const BACKLOG: i32 = 8192;

/// How long to wait when the process or the machine is out of what a connection needs.
const PAUSE_WHEN_EXHAUSTED: Duration = Duration::from_millis(50);

/// A peer that acknowledges nothing for so long is gone.
#[cfg(target_os = "linux")]
const UNACKNOWLEDGED_MAX: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub struct Listener {
    inner: TcpListener,
}

impl Listener {
    /// Port 0 takes a free one; see [`local_addr`](Self::local_addr). Needs a tokio runtime.
    pub fn bind(addr: SocketAddr) -> io::Result<Self> {
        let socket = Socket::new(Domain::for_address(addr), Type::STREAM.nonblocking(), Some(Protocol::TCP))?;
        // A restarted server must not wait for the old connections to fade.
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
        // Accepted sockets inherit both.
        socket.set_tcp_nodelay(true)?;
        #[cfg(target_os = "linux")]
        socket.set_tcp_user_timeout(Some(UNACKNOWLEDGED_MAX))?;
        socket.bind(&addr.into())?;
        socket.listen(BACKLOG)?;
        Ok(Self { inner: TcpListener::from_std(socket.into())? })
    }

    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }

    /// The next connection. Errors that concern one connection or pass by themselves are waited out.
    pub(crate) async fn accept(&self) -> (TcpStream, SocketAddr) {
        loop {
            match self.inner.accept().await {
                Ok((stream, peer)) => {
                    if !cfg!(target_os = "linux") {
                        // Not inherited everywhere; a slow stream is better than none.
                        let _ = stream.set_nodelay(true);
                    }
                    return (stream, peer);
                }
                Err(error) if is_about_one_connection(&error) => {}
                Err(error) => {
                    tracing::error!(%error, "cannot accept connections, waiting");
                    tokio::time::sleep(PAUSE_WHEN_EXHAUSTED).await;
                }
            }
        }
    }
}

fn is_about_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}
