//! Cookies: one way to name, write, read and take them back. Behind https they carry the `__Host-` prefix, which no
//! other host and no plain connection can set (RFC 6265bis, 4.1.3.2).

use axum::http::{HeaderMap, HeaderValue, header};

/// How this server's cookies are kept, by the address it is reached under.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cookies {
    /// Plain http: the loopback, and nothing else that matters.
    #[default]
    Plain,
    Secure,
}

impl Cookies {
    pub fn for_public_url(url: &str) -> Self {
        let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
        if scheme.eq_ignore_ascii_case("https") { Self::Secure } else { Self::Plain }
    }

    /// The value of a cookie of ours, where the browser sent it.
    pub fn read<'headers>(self, headers: &'headers HeaderMap, name: &str) -> Option<&'headers str> {
        let name = self.full_name(name);
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        pairs
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The `Set-Cookie` header that keeps `value` for `max_age_seconds`, or as long as the browser runs. None when the
    /// value has characters that a cookie cannot carry.
    pub fn write(self, name: &str, value: &str, max_age_seconds: Option<i64>) -> Option<HeaderValue> {
        let is_token = value.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte));
        if !is_token {
            return None;
        }
        let max_age = max_age_seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let secure = if self == Self::Secure { "; Secure" } else { "" };
        let name = self.full_name(name);
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{max_age}")).ok()
    }

    /// The `Set-Cookie` header that takes a cookie back.
    pub fn clear(self, name: &str) -> Option<HeaderValue> {
        self.write(name, "", Some(0))
    }

    fn full_name(self, name: &str) -> String {
        match self {
            Self::Plain => name.to_owned(),
            Self::Secure => format!("__Host-{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_https_a_cookie_belongs_to_this_host_alone() {
        let cookies = Cookies::for_public_url("https://hotel.example");
        let set = cookies.write("staff", "abc", Some(60)).unwrap();
        assert_eq!(set, "__Host-staff=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60");
        let plain = Cookies::for_public_url("http://127.0.0.1:3000").write("staff", "abc", None).unwrap();
        assert_eq!(plain, "staff=abc; Path=/; HttpOnly; SameSite=Lax");
    }

    #[test]
    fn a_cookie_is_found_among_others_and_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("xstaff=1; staff=2;lang=en"));
        headers.append(header::COOKIE, HeaderValue::from_static("g-K7QM-2XNP=3"));
        assert_eq!(Cookies::Plain.read(&headers, "staff"), Some("2"));
        assert_eq!(Cookies::Plain.read(&headers, "g-K7QM-2XNP"), Some("3"));
        assert_eq!(Cookies::Secure.read(&headers, "staff"), None);
    }

    #[test]
    fn a_value_that_would_break_out_is_refused() {
        assert_eq!(Cookies::Plain.write("lang", "en; Domain=evil.example", None), None);
    }
}
