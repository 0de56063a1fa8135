//! Accepts, serves (HTTP/1.1 here, HTTP/2 next door), and ends: no new connections, streams closed by the hub, a bounded wait for what is under way.

use std::convert::Infallible;
use std::future::{Future, pending, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use slab::Slab;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tower::Service as _;

use super::connection::Connection;
use super::direct::DirectStream;
use super::http2;
use super::listener::Listener;
use crate::server::hub::lock;

/// How a server behaves.
#[derive(Clone, Copy, Debug)]
pub struct ServeOptions {
    /// How long a client may take to send a request's head, and how long a kept connection may be idle.
    pub header_read_timeout: Duration,
    /// How long a stopping server waits for requests under way before it cuts them.
    pub drain: Duration,
    /// Write streams straight to their sockets; off, hyper does it.
    pub direct_streams: bool,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self { header_read_timeout: Duration::from_secs(30), drain: Duration::from_secs(4), direct_streams: true }
    }
}

/// The most that one connection buffers in each direction, a request's head included.
const CONNECTION_BUFFER_BYTES: usize = 64 * 1024;

#[derive(Debug, Default)]
struct Open {
    draining: AtomicBool,
    connections: Mutex<Slab<Connection>>,
    all_gone: Notify,
}

/// Serves until `shutdown` is cancelled and every connection has ended or its time is up. Requests carry
/// `ConnectInfo<SocketAddr>` and a [`Connection`] in their extensions.
pub async fn serve(listener: Listener, router: Router, shutdown: CancellationToken, options: ServeOptions) {
    let open = Arc::new(Open::default());
    let stopped = shutdown.cancelled();
    tokio::pin!(stopped);
    loop {
        let (stream, peer) = tokio::select! {
            biased;
            () = &mut stopped => break,
            accepted = listener.accept() => accepted,
        };
        let connection = Connection::new(stream, peer);
        let place = lock(&open.connections).insert(connection.clone());
        let guest = Guest { open: Arc::clone(&open), place };
        tokio::spawn(run(connection, router.clone(), guest, options));
    }
    // New clients go elsewhere at once.
    drop(listener);
    open.drain(options.drain).await;
}

impl Open {
    async fn drain(&self, patience: Duration) {
        self.draining.store(true, Ordering::Release);
        self.each(Connection::wake);
        if tokio::time::timeout(patience, self.wait_until_empty()).await.is_err() {
            self.each(Connection::cut);
        }
    }

    async fn wait_until_empty(&self) {
        loop {
            let gone = self.all_gone.notified();
            if lock(&self.connections).is_empty() {
                return;
            }
            gone.await;
        }
    }

    fn each(&self, act: impl Fn(&Connection)) {
        let connections: Vec<Connection> = lock(&self.connections).iter().map(|(_, open)| open.clone()).collect();
        connections.iter().for_each(act);
    }
}

/// A connection's place among the open ones; left when its task ends, however it ends.
pub(super) struct Guest {
    open: Arc<Open>,
    place: usize,
}

impl Guest {
    fn is_asked_to_leave(&self) -> bool {
        self.open.draining.load(Ordering::Acquire)
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut connections = lock(&self.open.connections);
        drop(connections.try_remove(self.place));
        if connections.is_empty() {
            *connections = Slab::new();
            self.open.all_gone.notify_one();
        }
    }
}

/// Serves requests until the connection ends or one of them opens a stream, then that stream.
async fn run(connection: Connection, router: Router, guest: Guest, options: ServeOptions) {
    match speaks_http2(&connection, &guest, options).await {
        Some(true) => http2::serve_requests(&connection, router, &guest).await,
        Some(false) => {
            if let Some(stream) = serve_requests(&connection, router, &guest, options).await {
                stream.run(&connection).await;
            }
        }
        None => {}
    }
}

/// Waits for the client's first bytes. None where there is nobody to serve: it left, or said nothing for too long.
async fn speaks_http2(connection: &Connection, guest: &Guest, options: ServeOptions) -> Option<bool> {
    let first_bytes = poll_fn(|cx| {
        // Before looking at the flags: whoever sets one wakes after.
        connection.listen(cx.waker());
        match http2::poll_is_spoken(connection, cx) {
            Poll::Ready(spoken) => Poll::Ready(spoken.ok()),
            Poll::Pending if connection.is_cut() => Poll::Ready(None),
            // What was asked already is answered, also by a server that is about to stop.
            Poll::Pending if guest.is_asked_to_leave() && !connection.has_said_something() => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    });
    tokio::time::timeout(options.header_read_timeout, first_bytes).await.ok().flatten()
}

async fn serve_requests(
    connection: &Connection,
    router: Router,
    guest: &Guest,
    options: ServeOptions,
) -> Option<DirectStream> {
    let opened = Mutex::new(None);
    let requests = service_fn(|request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(connection.peer()));
        request.extensions_mut().insert(connection.clone());
        let method = request.method().clone();
        let answer = router.clone().call(request);
        let opened = &opened;
        async move {
            let mut response = answer.await?;
            if options.direct_streams
                && let Some(stream) = DirectStream::take(&method, &mut response)
            {
                *lock(opened) = Some(stream);
                // hyper gets no answer to write: its part ends here.
                pending::<()>().await;
            }
            Ok::<_, Infallible>(response)
        }
    });
    // In a box of its own, so that its memory is given back when a stream goes on without it.
    let http = Box::new(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(options.header_read_timeout)
            .max_buf_size(CONNECTION_BUFFER_BYTES)
            .serve_connection(TokioIo::new(connection.socket()), requests),
    );
    drive(connection, guest, http, |http| Pin::new(&mut **http).graceful_shutdown(), || lock(&opened).take()).await
}

/// Polls `http` until it has ended, was cut, or `opened` gives something to go on with. Asked to leave, it finishes what
/// is under way.
pub(super) async fn drive<C: Future + Unpin, T>(
    connection: &Connection,
    guest: &Guest,
    mut http: C,
    finish: impl Fn(&mut C),
    opened: impl Fn() -> Option<T>,
) -> Option<T> {
    let mut told_to_finish = false;
    poll_fn(|cx| {
        // Before looking at the flags: whoever sets one wakes after.
        connection.listen(cx.waker());
        if connection.is_cut() {
            return Poll::Ready(None);
        }
        loop {
            // Errors are clients that went away or spoke nonsense; hyper has answered the latter.
            if Pin::new(&mut http).poll(cx).is_ready() {
                return Poll::Ready(None);
            }
            if let Some(next) = opened() {
                return Poll::Ready(Some(next));
            }
            if told_to_finish || !guest.is_asked_to_leave() {
                return Poll::Pending;
            }
            // Not before what has been asked was read.
            told_to_finish = true;
            finish(&mut http);
        }
    })
    .await
}
