//! `vacancy import-bookings`: both real hotels, whole, safe to run twice; and files that are not as they should be.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use vacancy::domain::{Date, ReservationCode, Status};
use vacancy::server::store::{ReservationFilter, Store};

use crate::program::{Program, Ran};

/// Beside the checkout, as its README there says. Not skipped when it is missing: nothing else is real.
fn real_file() -> PathBuf {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/hotel_bookings.csv.gz"));
    assert!(path.exists(), "the real bookings are missing: {}", path.display());
    path
}

type Row = BTreeMap<String, String>;

/// The file's rows, read without the program: split at commas, since the file has no quotes.
fn rows_of(source: &str) -> Vec<Row> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(real_file()).unwrap()).read_to_string(&mut text).unwrap();
    assert!(!text.contains('"'), "a file with quotes cannot be split at commas");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| names.iter().map(|name| (*name).to_owned()).zip(line.split(',').map(str::to_owned)).collect())
        .filter(|row: &Row| row["hotel"] == source)
        .collect()
}

fn number(row: &Row, column: &str) -> u32 {
    row[column].parse().unwrap_or(0)
}

fn nights(row: &Row) -> u32 {
    number(row, "stays_in_weekend_nights") + number(row, "stays_in_week_nights")
}

/// What can be a stay: it has nights and guests.
fn is_a_stay(row: &Row) -> bool {
    nights(row) > 0 && number(row, "adults") + number(row, "children") + number(row, "babies") > 0
}

fn cents(row: &Row) -> i64 {
    let (euros, decimals) = row["adr"].split_once('.').unwrap_or((&row["adr"], "0"));
    format!("{euros}{decimals:0<2}").parse().unwrap()
}

fn import(program: &Program, file: &str, slug: &str, source: &str) -> Ran {
    program.run(&["import-bookings", file, "--hotel", slug, "--source", source])
}

/// Imports one of the real hotels and compares it with sums taken straight from the file.
async fn a_real_hotel(slug: &str, source: &str, rows_in_file: usize) {
    let (rows, file) = (rows_of(source), real_file());
    let file = file.to_str().unwrap();
    assert_eq!(rows.len(), rows_in_file);
    let stays: Vec<&Row> = rows.iter().filter(|row| is_a_stay(row)).collect();
    let refused = rows.len() - stays.len();

    let program = Program::new();
    let first = import(&program, file, slug, source);
    assert!(first.succeeded, "{first:?}");
    assert_eq!(first.last_line(), format!("imported {}, already there 0, refused {refused}", stays.len()));
    assert_eq!(first.out.lines().filter(|line| line.contains(" refused: no ")).count(), refused);
    assert!(first.out.contains(&format!("1000 of {} rows", rows.len())), "there is progress on the way");
    let again = import(&program, file, slug, source);
    assert!(again.succeeded);
    assert_eq!(again.last_line(), format!("imported 0, already there {}, refused {refused}", stays.len()));

    let store = program.store();
    let catalog = store.catalog();
    let house = catalog.by_slug(&slug.parse().unwrap()).unwrap();
    let hotel = &house.hotel;
    assert_eq!((hotel.name.as_str(), hotel.time_zone.as_str()), (source, "Europe/Lisbon"));
    let filter = ReservationFilter { limit: 100_000, ..ReservationFilter::default() };
    let imported = store.reservations(hotel.id, filter).await.unwrap();
    assert_eq!(imported.len(), stays.len());

    let states = [("Check-Out", Status::CheckedOut), ("Canceled", Status::Cancelled), ("No-Show", Status::NoShow)];
    for (in_file, status) in states {
        let of_file = stays.iter().filter(|row| row["reservation_status"] == in_file);
        let of_house = imported.iter().filter(|one| one.state().status() == status);
        assert_eq!(of_house.clone().count(), of_file.clone().count(), "{in_file}");
        assert_eq!(
            of_house.clone().map(|one| u32::from(one.stay.night_count())).sum::<u32>(),
            of_file.clone().map(|row| nights(row)).sum::<u32>(),
            "nights of {in_file}"
        );
        assert_eq!(
            of_house.clone().map(|one| one.total.minor).sum::<i64>(),
            of_file.clone().map(|row| cents(row) * i64::from(nights(row))).sum::<i64>(),
            "revenue of {in_file}"
        );
        assert_eq!(
            of_house.map(|one| u32::from(one.party.size())).sum::<u32>(),
            of_file.map(|row| number(row, "adults") + number(row, "children") + number(row, "babies")).sum::<u32>(),
            "guests of {in_file}"
        );
    }
    for room_type in &house.room_types {
        let letter = room_type.code.as_str().to_uppercase();
        let of_file = stays.iter().filter(|row| row["reserved_room_type"] == letter).count();
        assert_eq!(imported.iter().filter(|one| one.room_type == room_type.code).count(), of_file, "type {letter}");
        let busiest = fullest_night(
            imported.iter().filter(|one| one.room_type == room_type.code && one.state().status() == Status::CheckedOut),
        );
        assert!(usize::from(room_type.rooms) >= busiest, "type {letter} has rooms for every real stay");
        assert!(room_type.prices.from_price().minor >= 0);
    }
    let codes: std::collections::BTreeSet<ReservationCode> = imported.iter().map(|one| one.code).collect();
    assert_eq!(codes.len(), imported.len());
    let (head, counted) = store.nights(hotel.id, Date::MIN).await.unwrap();
    assert_eq!(head, imported.len() as u64, "one fact each");
    assert!(counted.iter().all(|night| night.sold == 0 && night.held == 0), "what is over takes no nights");
    store.close().await;
}

fn fullest_night<'a>(stays: impl Iterator<Item = &'a vacancy::domain::Reservation>) -> usize {
    let mut nights = BTreeMap::<Date, usize>::new();
    for stay in stays {
        for night in stay.stay.nights() {
            *nights.entry(night).or_default() += 1;
        }
    }
    nights.into_values().max().unwrap_or(0)
}

#[tokio::test]
async fn the_real_city_hotel_is_imported_whole_and_once() {
    a_real_hotel("city", "City Hotel", 4_939).await;
}

#[tokio::test]
async fn the_real_resort_hotel_is_imported_whole_and_once() {
    a_real_hotel("resort", "Resort Hotel", 9_999).await;
}

#[tokio::test]
async fn rows_that_are_alike_are_separate_reservations_that_keep_their_place() {
    let program = Program::new();
    import(&program, real_file().to_str().unwrap(), "city", "City Hotel").ok();
    let store = program.store();
    let house = store.catalog().houses()[0].hotel.id;
    let filter = ReservationFilter { limit: 100_000, ..ReservationFilter::default() };
    let imported = store.reservations(house, filter).await.unwrap();
    let sources: std::collections::BTreeSet<&str> = imported.iter().filter_map(|one| one.source.as_deref()).collect();
    assert_eq!(sources.len(), imported.len());
    // The city's first row comes after the resort's 9,999: 1 July 2015, booked six days before.
    let first = imported.iter().find(|one| one.source.as_deref() == Some("City Hotel#10000")).unwrap();
    assert_eq!(first.stay.arrival().to_string(), "2015-07-01");
    assert_eq!(first.created_at.to_string(), "2015-06-25T12:00:00.000Z");
    assert!(first.guest.as_ref().unwrap().name.as_str().starts_with("Guest 10000 ("));
}

const HEADER: &str = "hotel,is_canceled,lead_time,arrival_date_year,arrival_date_month,arrival_date_day_of_month,\
    stays_in_weekend_nights,stays_in_week_nights,adults,children,babies,country,reserved_room_type,adr,\
    reservation_status,reservation_status_date";

fn csv(rows: &[&str]) -> String {
    [&[HEADER], rows].concat().join("\n") + "\n"
}

#[test]
fn a_row_that_cannot_be_placed_is_named_with_its_reason_and_the_rest_goes_on() {
    let rows = csv(&[
        "Inn,0,3,2016,May,1,0,2,2,0,0,PRT,A,70,Check-Out,5/3/2016",
        "Inn,0,3,2016,May,1,0,0,2,0,0,PRT,A,70,Check-Out,5/1/2016",
        "Other,0,3,2016,May,1,0,2,2,0,0,PRT,A,70,Check-Out,5/3/2016",
        "Inn,0,3,2016,May,1,0,2,0,0,0,PRT,A,70,Check-Out,5/3/2016",
        "Inn,0,3,2016,June,31,0,2,2,0,0,PRT,A,70,Check-Out,5/3/2016",
        "Inn,0,3,2016,May,1,0,2,2,0,0,PRT,A,-1,Check-Out,5/3/2016",
        "Inn,0,3,2016",
        "Inn,0,3,2016,May,1,10,80,2,0,0,PRT,A,70,Check-Out,5/3/2016",
        "Inn,1,3,2016,May,1,1,1,2,NA,0,NULL,B,55.5,Canceled,4/30/2016",
    ]);
    let program = Program::new();
    let file = program.file("bookings.csv", rows);
    let out = import(&program, file.to_str().unwrap(), "inn", "Inn").ok();
    let refused: Vec<&str> = out.lines().filter(|line| line.contains("refused:")).collect();
    assert_eq!(
        refused,
        [
            "row 2 refused: no nights",
            "row 4 refused: no guests",
            "row 5 refused: bad arrival date: 31 June 2016",
            "row 6 refused: negative rate -1",
            "row 7 refused: arrival_date_month cannot be read",
            "row 8 refused: 90 nights are more than 60",
        ]
    );
    assert_eq!(out.lines().last(), Some("imported 2, already there 0, refused 6"));
}

#[tokio::test]
async fn a_stay_that_is_still_to_come_takes_its_nights() {
    let rows = csv(&[
        "Inn,0,3,2090,May,1,0,2,2,0,0,PRT,A,70,Check-Out,5/3/2090",
        "Inn,0,3,2090,May,2,0,2,2,0,0,PRT,A,70,Check-Out,5/4/2090",
        "Inn,1,3,2090,May,1,0,2,2,0,0,PRT,A,70,Canceled,5/4/2090",
    ]);
    let program = Program::new();
    let file = program.file("bookings.csv", rows);
    assert_eq!(
        import(&program, file.to_str().unwrap(), "inn", "Inn").last_line(),
        "imported 3, already there 0, refused 0"
    );
    let store = program.store();
    let house = std::sync::Arc::clone(&store.catalog().houses()[0]);
    assert_eq!(house.room_types[0].rooms, 2);
    let (_, nights) = store.nights(house.hotel.id, "2090-05-01".parse().unwrap()).await.unwrap();
    assert_eq!(nights.iter().map(|night| night.sold).collect::<Vec<_>>(), [1, 2, 1]);
    store.close().await;

    // Another file of the same hotel finds the house full, and says on which nights.
    let more = csv(&["Inn 2,0,3,2090,May,1,0,3,2,0,0,PRT,A,70,Check-Out,5/4/2090"]);
    let file = program.file("more.csv", more);
    let out = import(&program, file.to_str().unwrap(), "inn", "Inn 2").ok();
    assert!(out.contains("row 1 refused: no room of type a is left on 2090-05-02\n"), "{out}");
}

#[test]
fn a_file_or_a_source_that_is_not_there_is_an_error() {
    let program = Program::new();
    let err = import(&program, "nowhere.csv.gz", "inn", "Inn").refused();
    assert!(err.contains("nowhere.csv.gz"), "{err}");
    let file = program.file("bookings.csv", csv(&["Inn,0,3,2016,May,1,0,2,2,0,0,PRT,A,70,Check-Out,5/3/2016"]));
    let err = import(&program, file.to_str().unwrap(), "inn", "City Hotel").refused();
    assert!(err.contains("City Hotel") && err.contains("\"Inn\""), "{err}");
    let file = program.file("other.csv", "a,b,c\n1,2,3\n");
    let err = import(&program, file.to_str().unwrap(), "inn", "Inn").refused();
    assert!(err.contains("there is no column hotel"), "{err}");

    let mut zipped = GzEncoder::new(Vec::new(), Compression::fast());
    zipped.write_all(csv(&["Inn,0,3,2016,May,1,0,2,2,0,0,PRT,A,70,Check-Out,5/3/2016"; 50]).as_bytes()).unwrap();
    let zipped = zipped.finish().unwrap();
    let cut = program.file("cut.csv.gz", &zipped[..zipped.len() / 2]);
    let err = import(&program, cut.to_str().unwrap(), "inn", "Inn").refused();
    assert!(err.contains("cut.csv.gz"), "{err}");
}

#[tokio::test]
async fn a_database_that_a_server_has_open_is_refused() {
    let program = Program::new();
    let file = program.file("bookings.csv", csv(&["Inn,0,3,2016,May,1,0,2,2,0,0,PRT,A,70,Check-Out,5/3/2016"]));
    import(&program, file.to_str().unwrap(), "inn", "Inn").ok();
    let store = program.store();
    let err = import(&program, file.to_str().unwrap(), "inn", "Inn").refused();
    assert!(err.contains("another program has") && err.contains("house.db open"), "{err}");
    store.close().await;
    import(&program, file.to_str().unwrap(), "inn", "Inn").ok();
}
