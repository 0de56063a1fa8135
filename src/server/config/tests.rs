//! What a server is told, and which word wins.

use super::*;

fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

fn options(text: &str) -> (tempfile::NamedTempFile, ServeOptions) {
    let file = file(text);
    let options = ServeOptions { config: Some(file.path().to_owned()), ..ServeOptions::default() };
    (file, options)
}

#[test]
fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
    let (_file, mut options) = options("addr = \"127.0.0.1:81\"\nlimits = \"off\"\ntrusted_proxies = 1\n");
    options.addr = Some("127.0.0.1:82".into());
    let (config, log) = options.resolve().unwrap();
    assert_eq!(config.addr.port(), 82);
    assert!(!config.address_limits);
    assert_eq!(config.trusted_proxies, 1);
    assert_eq!(config.database, Database::Sqlite("data/vacancy.db".into()));
    assert_eq!(log, LogFormat::Pretty);
}

#[test]
fn a_variable_that_is_set_to_nothing_says_nothing() {
    let blank = || Some(String::new());
    let options =
        ServeOptions { public_url: blank(), cors_origins: Some(vec![String::new()]), ..ServeOptions::default() };
    let (config, _) = options.resolve().unwrap();
    assert!(config.public_url.is_none() && config.cors_origins.is_empty());
}

#[test]
fn an_unknown_key_in_the_file_is_an_error() {
    let (_file, options) = options("adress = \"127.0.0.1:81\"\n");
    assert!(options.resolve().unwrap_err().to_string().contains("adress"));
}

#[test]
fn postgres_is_refused_by_the_name_of_the_flag_without_the_password() {
    let message = "postgres://desk:secret@db/vacancy".parse::<Database>().unwrap_err().to_string();
    assert!(message.contains("--database") && message.contains("not supported yet"), "{message}");
    assert!(!message.contains("secret"), "{message}");
}

#[test]
fn a_database_is_a_path() {
    assert_eq!("sqlite:a/b.db".parse::<Database>().unwrap(), Database::Sqlite("a/b.db".into()));
    assert_eq!("sqlite:///a/b.db".parse::<Database>().unwrap(), Database::Sqlite("/a/b.db".into()));
    assert!("sqlite:".parse::<Database>().is_err());
    assert!("a.db".parse::<Database>().is_err());
}

#[test]
fn an_origin_has_no_path() {
    for good in ["https://hotel.example", "http://127.0.0.1:8080", "*"] {
        assert!(good.parse::<Origin>().is_ok(), "{good}");
    }
    for bad in ["", "hotel.example", "https://hotel.example/", "https://hotel.example/x", "ftp://hotel.example"] {
        assert!(bad.parse::<Origin>().is_err(), "{bad}");
    }
    assert_eq!("https://stay.example/".parse::<PublicUrl>().unwrap().as_str(), "https://stay.example");
}

#[test]
fn a_demo_is_wanted_or_not() {
    assert_eq!(["1", "TRUE", "yes", " on "].map(yes_or_no), [Ok(true); 4]);
    assert_eq!(["", "0", "false", "No", "off"].map(yes_or_no), [Ok(false); 5]);
    assert!(yes_or_no("maybe").unwrap_err().contains("true or false"));
}
