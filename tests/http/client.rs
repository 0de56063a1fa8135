//! Typed clients: an anonymous guest, and a desk that has signed in.

use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use vacancy::domain::Date;
use vacancy::wire::availability::AvailabilityView;
use vacancy::wire::booking::{BookingAnswer, BookingRequest, GuestInput};
use vacancy::wire::problem::Problem;

use super::sse::Stream;

pub struct Guest {
    pub http: Client,
    pub url: String,
}

pub struct Desk {
    guest: Guest,
    pub hotel: String,
}

/// What came back, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// A form, as a browser sends it.
pub async fn send(browser: &Guest, path: &str, fields: &[(&str, &str)]) -> Answer {
    Answer::of(browser.request(Method::POST, path).form(fields)).await
}

impl Answer {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, body: response.text().await.expect("the answer arrives whole") }
    }

    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// The problem of this status and name.
    #[track_caller]
    pub fn problem(self, status: u16, name: &str) -> Problem {
        let answer = self.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem: Problem = answer.json();
        assert_eq!(problem.kind, format!("urn:vacancy:problem:{name}"), "{}", answer.body);
        assert_eq!(problem.status, status);
        problem
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A request to book for Ana Silva.
pub fn booking(room_type: &str, arrival: Date, departure: Date) -> BookingRequest {
    BookingRequest {
        room_type: Some(room_type.to_owned()),
        arrival: Some(arrival.to_string()),
        departure: Some(departure.to_string()),
        adults: Some(1),
        guest: GuestInput { name: "Ana Silva".to_owned(), email: Some("ana@example.org".to_owned()), phone: None },
        ..BookingRequest::default()
    }
}

impl Guest {
    pub fn new(url: &str) -> Self {
        Self { http: client(), url: url.to_owned() }
    }

    pub fn with_cookies(url: &str) -> Self {
        Self { http: cookie_client(), url: url.to_owned() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    pub async fn book(&self, hotel: &str, key: &str, body: &impl Serialize) -> Answer {
        let path = format!("/api/v1/hotels/{hotel}/reservations");
        Answer::of(self.request(Method::POST, &path).header("idempotency-key", key).json(body)).await
    }

    /// Books a night or more at the harbour house and expects a yes.
    pub async fn booked(&self, room_type: &str, arrival: Date, departure: Date) -> BookingAnswer {
        let key = format!("{room_type}-{arrival}-{departure}-{}", unique());
        self.book("harbour", &key, &booking(room_type, arrival, departure)).await.expect(201).json()
    }

    pub async fn availability(&self, hotel: &str, from: Date, to: Date) -> AvailabilityView {
        self.get(&format!("/api/v1/hotels/{hotel}/availability?from={from}&to={to}")).await.expect(200).json()
    }

    /// How many are left of a room type on a night, as anybody is told.
    pub async fn left(&self, hotel: &str, room_type: &str, night: Date) -> u16 {
        let view = self.availability(hotel, night, night.add_days(1)).await;
        let of_type = view.room_types.iter().find(|found| found.code.as_str() == room_type).unwrap();
        of_type.nights[0].left
    }

    pub async fn with_token(&self, method: Method, path: &str, token: &str) -> Answer {
        Answer::of(self.request(method, path).bearer_auth(token)).await
    }

    pub async fn reservation(&self, booked: &BookingAnswer) -> Answer {
        self.with_token(Method::GET, &format!("/api/v1/reservations/{}", booked.code), &booked.manage_token).await
    }

    pub async fn stream(&self, path: &str) -> Stream {
        Stream::open(self.request(Method::GET, path)).await
    }
}

impl Desk {
    pub async fn sign_in(url: &str, hotel: &str, email: &str, password: &str) -> Self {
        let guest = Guest { http: cookie_client(), url: url.to_owned() };
        let credentials = serde_json::json!({ "email": email, "password": password });
        guest.post("/api/v1/session", &credentials).await.expect(204);
        Self { guest, hotel: hotel.to_owned() }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/desk/{}/{rest}", self.hotel)
    }

    pub async fn get(&self, rest: &str) -> Answer {
        self.guest.get(&self.path(rest)).await
    }

    pub fn request(&self, method: Method, rest: &str) -> RequestBuilder {
        self.guest.request(method, &self.path(rest))
    }

    pub async fn act(&self, code: impl std::fmt::Display, action: &str) -> Answer {
        Answer::of(self.request(Method::POST, &format!("reservations/{code}/{action}"))).await
    }

    pub async fn post(&self, rest: &str, body: &impl Serialize) -> Answer {
        Answer::of(self.request(Method::POST, rest).json(body)).await
    }

    pub async fn stream(&self, rest: &str) -> Stream {
        Stream::open(self.request(Method::GET, rest)).await
    }

    /// A request for the stream of one reservation.
    pub fn followed(&self, code: &str) -> RequestBuilder {
        self.guest.request(Method::GET, &format!("/api/v1/reservations/{code}/events"))
    }

    pub async fn sign_out(&self) -> Answer {
        Answer::of(self.guest.request(Method::DELETE, "/api/v1/session")).await
    }
}

fn client() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn cookie_client() -> Client {
    Client::builder().redirect(reqwest::redirect::Policy::none()).cookie_store(true).build().unwrap()
}

/// A number that no other call in this process gives.
pub fn unique() -> u64 {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
    NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}
