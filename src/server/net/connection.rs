//! One accepted connection: a handle that others may hold to end it, and the socket as hyper reads and writes it.

use std::io;
use std::mem::MaybeUninit;
use std::net::{Shutdown, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use futures_util::task::AtomicWaker;
use rustix::net::{SendFlags, send};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::server::hub::Transport;

/// What the kernel may hold for a stream's client. It doubles the figure for its own bookkeeping.
const STREAM_SEND_BUFFER_BYTES: usize = 32 * 1024;

/// A handle on the connection a request came by; in the request's extensions.
#[derive(Clone, Debug)]
pub struct Connection(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    stream: TcpStream,
    peer: SocketAddr,
    cut: AtomicBool,
    task: AtomicWaker,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream, peer: SocketAddr) -> Self {
        Self(Arc::new(Inner { stream, peer, cut: AtomicBool::new(false), task: AtomicWaker::new() }))
    }

    pub fn peer(&self) -> SocketAddr {
        self.0.peer
    }

    /// For the hub, which cuts streams whose clients stopped reading.
    pub fn transport(&self) -> Arc<dyn Transport> {
        Arc::clone(&self.0) as Arc<dyn Transport>
    }

    pub(crate) fn socket(&self) -> Socket {
        Socket(self.clone())
    }

    /// Lets `wake` and `cut` wake the task that polls this connection.
    pub(crate) fn listen(&self, waker: &Waker) {
        self.0.task.register(waker);
    }

    pub(crate) fn wake(&self) {
        self.0.task.wake();
    }

    pub(crate) fn cut(&self) {
        self.0.cut();
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::Acquire)
    }

    /// Says that nothing more will be written.
    pub(crate) fn finish(&self) -> io::Result<()> {
        SockRef::from(&self.0.stream).shutdown(Shutdown::Write)
    }

    /// Writes when the socket takes bytes.
    pub(crate) fn poll_send(
        &self,
        cx: &mut Context<'_>,
        mut send: impl FnMut(&TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.0.stream.poll_write_ready(cx))?;
            match send(&self.0.stream) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    }

    /// Looks at what the client said first and leaves it to be read.
    pub(crate) fn poll_peek(&self, cx: &mut Context<'_>, seen: &mut ReadBuf<'_>) -> Poll<io::Result<usize>> {
        self.0.stream.poll_peek(cx, seen)
    }

    /// Whether bytes wait to be read, asked of the kernel: the runtime may not have heard of them yet.
    pub(crate) fn has_said_something(&self) -> bool {
        SockRef::from(&self.0.stream).peek(&mut [MaybeUninit::uninit()]).is_ok_and(|count| count > 0)
    }

    /// Reads when the socket has bytes, or its end.
    pub(crate) fn poll_receive(
        &self,
        cx: &mut Context<'_>,
        mut receive: impl FnMut(&TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.0.stream.poll_read_ready(cx))?;
            match receive(&self.0.stream) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    }
}

impl Transport for Inner {
    fn cut(&self) {
        if self.cut.swap(true, Ordering::AcqRel) {
            return;
        }
        // Without lingering, so that the kernel drops at once what the client does not take. Should it fail, the socket
        // closes a little later.
        let socket = SockRef::from(&self.stream);
        let _ = socket.set_linger(Some(Duration::ZERO));
        self.task.wake();
    }

    fn bound_send_buffer(&self) {
        // Should it fail, the kernel's own bounds hold.
        let _ = SockRef::from(&self.stream).set_send_buffer_size(STREAM_SEND_BUFFER_BYTES);
    }

    fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        // Past the runtime, which need not know: where the kernel takes no more, the connection's task tries again and
        // waits by the runtime's means. Past the C library too, which makes each send a point where threads can be ended.
        Ok(send(&self.stream, bytes, SendFlags::NOSIGNAL)?)
    }
}

/// The reading and writing side as hyper wants it; used by the connection's task alone.
#[derive(Debug)]
pub(crate) struct Socket(Connection);

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.0.poll_receive(cx, |stream| stream.try_read_buf(buf)).map_ok(drop)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.0.poll_send(cx, |stream| stream.try_write(buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.0.poll_send(cx, |stream| stream.try_write_vectored(bufs))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.finish())
    }
}
