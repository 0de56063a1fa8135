//! Real sockets, real clients. Each stream test runs over both ways of writing a stream.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{Connection, Listener, ServeOptions, serve};
use crate::domain::HotelId;
use crate::server::hub::{
    Audience, AvailabilitySource, Frame, HotelHub, Hub, HubConfig, KindSet, Resume, StreamBody, SubscribeOutcome,
    Vocabulary, event_block,
};

const WORDS: Vocabulary = Vocabulary::new(&[("reservation", "placed")]);

struct NoRooms;

impl AvailabilitySource for NoRooms {
    fn head(&self) -> u64 {
        0
    }

    fn frame_since(&self, _: u64) -> Option<(u64, Bytes)> {
        None
    }
}

struct Server {
    addr: SocketAddr,
    hub: Hub,
    hotel: Arc<HotelHub>,
    shutdown: CancellationToken,
    task: JoinHandle<()>,
    entered: Arc<Notify>,
    release: Arc<Notify>,
}

async fn events(State(hotel): State<Arc<HotelHub>>, connection: Option<Extension<Connection>>) -> Response {
    let audience = Audience::Desk(KindSet::ALL);
    let SubscribeOutcome::Live(stream) = hotel.subscribe_facts(audience, &Resume::FromHead) else {
        panic!("a new ring")
    };
    let transport = connection.map(|Extension(connection)| connection.transport());
    StreamBody::new(stream.over(transport, None)).into_response()
}

impl Server {
    fn start(options: ServeOptions) -> Self {
        Self::start_with(options, Duration::from_millis(100))
    }

    fn start_with(options: ServeOptions, stall_after: Duration) -> Self {
        let shutdown = CancellationToken::new();
        let config = HubConfig {
            sweep_every: Duration::from_millis(2),
            stall_after,
            keep_alive_after: Duration::from_hours(1),
            ..HubConfig::default()
        };
        let hub = Hub::start(config, &shutdown);
        let hotel = hub.open_hotel(HotelId(1), "e1", 0, Arc::new(NoRooms));
        let (entered, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (on_enter, on_release) = (Arc::clone(&entered), Arc::clone(&release));
        let slow = move || async move {
            on_enter.notify_one();
            on_release.notified().await;
            "done"
        };
        let router = Router::new()
            .route("/peer", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }))
            .route("/events", get(events))
            .route("/slow", get(slow))
            .with_state(Arc::clone(&hotel));
        let listener = Listener::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let addr = listener.local_addr().unwrap();
        let task = tokio::spawn(serve(listener, router, shutdown.clone(), options));
        Self { addr, hub, hotel, shutdown, task, entered, release }
    }

    fn publish(&self, data: &[u8]) {
        let seq = self.hotel.position().seq() + 1;
        let kind = WORDS.kind("reservation", "placed").unwrap();
        let desk = event_block("e1", seq, "reservation", data);
        self.hotel.publish(vec![Frame::ready(seq, kind, None, desk, Bytes::new())]);
    }

    async fn request(&self, path: &str) -> TcpStream {
        let mut socket = TcpStream::connect(self.addr).await.unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: keep-alive\r\n\r\n", self.addr);
        socket.write_all(head.as_bytes()).await.unwrap();
        socket
    }

    /// Opens a stream and reads up to the end of its first block.
    async fn stream(&self) -> Client {
        let mut client = Client { socket: self.request("/events").await, text: String::new() };
        client.read_until("\n\n").await;
        client.text.drain(..client.text.find("retry").unwrap());
        client.read_until("\n\n").await;
        client
    }

    async fn until(&self, reached: impl Fn(&Hub) -> bool) {
        while !reached(&self.hub) {
            tokio::task::yield_now().await;
        }
    }
}

struct Client {
    socket: TcpStream,
    text: String,
}

impl Client {
    async fn read_until(&mut self, end: &str) {
        let mut buffer = vec![0; 64 * 1024];
        while !self.text.contains(end) {
            let count = self.socket.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the stream ended: {}", self.text);
            self.text.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
        }
    }

    async fn read_to_end(mut self) -> String {
        let mut rest = Vec::new();
        // A connection that was cut ends with an error, which is an end too.
        let _ = self.socket.read_to_end(&mut rest).await;
        self.text + &String::from_utf8_lossy(&rest)
    }
}

fn both() -> [ServeOptions; 2] {
    [true, false].map(|direct_streams| ServeOptions { direct_streams, ..ServeOptions::default() })
}

#[tokio::test]
async fn a_kept_connection_is_answered_again_and_knows_its_peer() {
    let server = Server::start(ServeOptions::default());
    let mut socket = server.request("/peer").await;
    let peer = socket.local_addr().unwrap().to_string();
    for _ in 0..2 {
        let mut answer = vec![0; 4096];
        let count = socket.read(&mut answer).await.unwrap();
        assert!(String::from_utf8_lossy(&answer[..count]).ends_with(&peer));
        socket.write_all(b"GET /peer HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    }
}

#[tokio::test]
async fn a_stream_has_its_headers_and_its_events() {
    for options in both() {
        let server = Server::start(options);
        let response = reqwest::get(format!("http://{}/events", server.addr)).await.unwrap();
        assert_eq!(response.status(), 200);
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "text/event-stream");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("x-accel-buffering"), "no");
        assert!(header("date").ends_with(" GMT"));
        // Which way the stream is written: the direct one ends with its connection.
        assert_eq!(response.headers().contains_key("connection"), options.direct_streams);
        server.publish(b"1");
        server.publish(b"2");
        server.shutdown.cancel();
        let text = response.text().await.unwrap();
        let blocks: Vec<&str> = text.split_terminator("\n\n").collect();
        assert!(blocks[0].starts_with("retry: ") && blocks[0].ends_with("\nid: e1-0"), "{text}");
        assert!(blocks.last().unwrap().starts_with("retry: "), "{text}");
    }
}

#[tokio::test]
async fn events_arrive_once_and_in_order() {
    for options in both() {
        let server = Server::start(options);
        let mut client = server.stream().await;
        for number in 1..=200 {
            server.publish(format!("{number}").as_bytes());
            if number % 7 == 0 {
                tokio::task::yield_now().await;
            }
        }
        client.read_until("id: e1-200\nevent: reservation\ndata: 200\n\n").await;
        let data: Vec<u32> = client.text.lines().filter_map(|line| line.strip_prefix("data: ")?.parse().ok()).collect();
        assert_eq!(data, (1..=200).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_client_that_stops_reading_is_cut_and_the_others_miss_nothing() {
    for options in both() {
        let server = Server::start(options);
        let stuck = server.stream().await;
        let mut reading = server.stream().await;
        let payload = vec![b'x'; 32 * 1024];
        let mut published = 0;
        while server.hub.metrics().read().stalled == 0 {
            server.publish(&payload);
            published += 1;
            reading.read_until(&format!("id: e1-{published}\n")).await;
            // What was read is dropped, up to the block at hand.
            let keep = reading.text.rfind("id: ").unwrap();
            reading.text.drain(..keep);
        }
        server.until(|hub| hub.metrics().read().open == 1).await;
        // The other stream goes on.
        server.publish(b"after");
        reading.read_until("data: after\n\n").await;
        let got = stuck.read_to_end().await;
        assert!(!got.contains("after"));
        assert!(got.len() < published * payload.len(), "bounded: what was not read was not kept");
    }
}

#[tokio::test]
async fn a_client_that_reads_late_gets_all_of_it_in_order() {
    for options in both() {
        let server = Server::start_with(options, Duration::from_hours(1));
        let mut client = server.stream().await;
        // More than both sockets hold, several times over: writing stops in the middle of events and goes on.
        for round in 0..3 {
            for _ in 0..400 {
                server.publish(&[b'x'; 8 * 1024]);
                tokio::task::yield_now().await;
            }
            client.read_until(&format!("id: e1-{}\n", (round + 1) * 400)).await;
        }
        server.publish(b"last");
        client.read_until("data: last\n\n").await;
        let ids: Vec<u32> = client.text.lines().filter_map(|line| line.strip_prefix("id: e1-")?.parse().ok()).collect();
        assert_eq!(ids, (0..=1201).collect::<Vec<_>>());
        let whole = client.text.lines().filter(|line| line.len() == "data: ".len() + 8 * 1024).count();
        assert_eq!(whole, 1200);
    }
}

#[tokio::test]
async fn a_client_that_leaves_is_forgotten() {
    for options in both() {
        let server = Server::start(options);
        let mut clients = Vec::new();
        for _ in 0..20 {
            clients.push(server.stream().await);
        }
        assert_eq!(server.hub.metrics().read().open, 20);
        drop(clients);
        server.until(|hub| hub.metrics().read().open == 0).await;
    }
}

#[tokio::test]
async fn shutdown_ends_streams_and_lets_requests_finish() {
    for options in both() {
        let server = Server::start(options);
        let stream = server.stream().await;
        let mut slow = server.request("/slow").await;
        let mut idle = server.request("/peer").await;
        server.entered.notified().await;
        server.shutdown.cancel();
        assert!(stream.read_to_end().await.matches("retry: ").count() == 2);
        server.release.notify_one();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();
        assert!(answer.contains("done"), "{answer}");
        idle.read_to_end(&mut Vec::new()).await.unwrap();
        server.task.await.unwrap();
        assert!(TcpStream::connect(server.addr).await.is_err(), "nobody listens any more");
    }
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_the_server() {
    let server = Server::start(ServeOptions { drain: Duration::from_millis(20), ..ServeOptions::default() });
    let mut stuck = server.request("/slow").await;
    server.entered.notified().await;
    server.shutdown.cancel();
    server.task.await.unwrap();
    // Cut, not answered.
    assert!(matches!(stuck.read_to_end(&mut Vec::new()).await, Err(_) | Ok(0)));
}

#[tokio::test]
async fn a_head_that_does_not_come_ends_the_connection() {
    let options = ServeOptions { header_read_timeout: Duration::from_millis(20), ..ServeOptions::default() };
    let server = Server::start(options);
    let mut socket = TcpStream::connect(server.addr).await.unwrap();
    socket.write_all(b"GET /peer HTTP/1.1\r\nhost:").await.unwrap();
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer).await;
    assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
}

#[tokio::test]
async fn many_at_once_are_all_let_in() {
    let server = Server::start(ServeOptions::default());
    let clients = futures_util::future::join_all((0..400).map(|_| server.stream())).await;
    server.publish(b"hello");
    for mut client in clients {
        client.read_until("data: hello\n\n").await;
    }
}

#[tokio::test]
async fn many_streams_share_one_connection_of_http2() {
    let server = Server::start(ServeOptions::default());
    let socket = TokioIo::new(TcpStream::connect(server.addr).await.unwrap());
    let (mut proxy, connection) = http2::handshake(TokioExecutor::new(), socket).await.unwrap();
    tokio::spawn(connection);
    let mut get = |path: &str| {
        let request = hyper::Request::get(format!("http://{}{path}", server.addr));
        proxy.send_request(request.body(Body::empty()).unwrap())
    };
    let mut streams = Vec::new();
    for _ in 0..20 {
        let stream = get("/events").await.unwrap();
        assert_eq!((stream.status().as_u16(), stream.version()), (200, hyper::Version::HTTP_2));
        streams.push(stream);
    }
    assert_eq!(server.hub.metrics().read().open, 20);
    server.publish(b"hello");
    let slow = tokio::spawn(get("/slow"));
    server.entered.notified().await;
    server.shutdown.cancel();
    for stream in streams {
        let text = text(stream).await;
        assert_eq!(text.matches("data: hello\n\n").count(), 1, "{text}");
        assert_eq!(text.matches("retry: ").count(), 2, "told to come back: {text}");
    }
    server.release.notify_one();
    assert_eq!(text(slow.await.unwrap().unwrap()).await, "done");
    server.task.await.unwrap();
}

async fn text(response: hyper::Response<hyper::body::Incoming>) -> String {
    let bytes = axum::body::to_bytes(Body::new(response.into_body()), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}
