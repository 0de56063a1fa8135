//! `vacancy admin create-hotel FILE`: a real hotel's beginning.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;

use crate::domain::{CancellationPolicy, CivilTime, Currency, HotelSlug, Party, PriceTable, RoomType, RoomTypeCode};
use crate::messages::Locale;
use crate::server::admin::{AdminError, price, refused};
use crate::server::store::{DirectoryChange, NewHotel, Store};

#[derive(Args, Clone, Debug)]
pub struct CreateHotel {
    /// A TOML file with slug, name, `time_zone`, currency and a `[[room_types]]` table each; see docs/hotel.example.toml.
    pub file: PathBuf,
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    slug: HotelSlug,
    name: String,
    time_zone: String,
    currency: Currency,
    #[serde(default = "english")]
    language: String,
    #[serde(default = "afternoon")]
    check_in_from: String,
    #[serde(default = "morning")]
    check_out_until: String,
    cancellation: Option<FileCancellation>,
    room_types: Vec<FileRoomType>,
}

/// What giving a stay up costs.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileCancellation {
    free_hours: u16,
    fee_nights: u16,
    no_show_nights: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRoomType {
    code: RoomTypeCode,
    name: String,
    rooms: u16,
    sleeps: u8,
    /// Whole units with decimals, in quotes: `"119.00"`.
    price: String,
    #[serde(default)]
    overbook: u16,
}

fn english() -> String {
    "en".to_owned()
}

fn afternoon() -> String {
    "15:00".to_owned()
}

fn morning() -> String {
    "11:00".to_owned()
}

impl CreateHotel {
    pub(super) async fn run(self, store: &dyn Store, out: &mut dyn Write) -> Result<(), AdminError> {
        let unusable = |reason: String| refused(format!("{}: {reason}", self.file.display()));
        let text = std::fs::read_to_string(&self.file).map_err(|error| unusable(error.to_string()))?;
        let hotel = new_hotel(&text).map_err(|error| unusable(error.to_string()))?;
        let slug = hotel.slug.clone();
        let (types, rooms) =
            (hotel.room_types.len(), hotel.room_types.iter().map(|one| u32::from(one.rooms)).sum::<u32>());
        store.change_directory(DirectoryChange::AddHotel(hotel)).await?;
        writeln!(out, "created {slug}: {types} room types, {rooms} rooms")?;
        Ok(())
    }
}

fn new_hotel(text: &str) -> Result<NewHotel, AdminError> {
    let file: File = toml::from_str(text).map_err(|error| refused(error.to_string()))?;
    let time = |text: &str| text.parse::<CivilTime>().map_err(|error| refused(format!("{text}: {error}")));
    if jiff::tz::TimeZone::get(&file.time_zone).is_err() {
        return Err(refused(format!("{} is no time zone, such as Europe/Lisbon", file.time_zone)));
    }
    let language = Locale::from_tag(&file.language)
        .ok_or_else(|| refused(format!("the language {} is not spoken here: en, zh-CN", file.language)))?;
    if file.room_types.is_empty() {
        return Err(refused("a hotel has at least one [[room_types]]"));
    }
    let mut codes = BTreeSet::new();
    let mut room_types = Vec::with_capacity(file.room_types.len());
    for room_type in file.room_types {
        if !codes.insert(room_type.code.clone()) {
            return Err(refused(format!("there are two room types {}", room_type.code)));
        }
        room_types.push(new_room_type(room_type, file.currency)?);
    }
    Ok(NewHotel {
        slug: file.slug,
        name: named(&file.name)?,
        time_zone: file.time_zone,
        currency: file.currency,
        language: language.html_lang().to_owned(),
        check_in_from: time(&file.check_in_from)?,
        check_out_until: time(&file.check_out_until)?,
        cancellation: file.cancellation.map_or_else(CancellationPolicy::default, FileCancellation::policy),
        room_types,
    })
}

impl FileCancellation {
    const fn policy(self) -> CancellationPolicy {
        CancellationPolicy {
            free_hours: self.free_hours,
            fee_nights: self.fee_nights,
            no_show_nights: self.no_show_nights,
        }
    }
}

fn new_room_type(file: FileRoomType, currency: Currency) -> Result<RoomType, AdminError> {
    Ok(RoomType {
        name: named(&file.name)?,
        sleeps: sleeps(file.sleeps)?,
        rooms: file.rooms,
        overbook: file.overbook,
        prices: PriceTable::flat(price(&file.price, currency)?),
        code: file.code,
    })
}

/// What can be shown in one line.
pub(super) fn named(text: &str) -> Result<String, AdminError> {
    let name = text.trim();
    let is_good = (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if is_good { Ok(name.to_owned()) } else { Err(refused("a name has 1 to 80 characters in one line")) }
}

pub(super) fn sleeps(number: u8) -> Result<u8, AdminError> {
    let most = 2 * Party::MAX_OF_A_KIND;
    if (1..=most).contains(&number) { Ok(number) } else { Err(refused(format!("a room sleeps 1 to {most}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../docs/hotel.example.toml");

    #[test]
    fn the_example_can_be_used_as_it_is() {
        let hotel = new_hotel(EXAMPLE).unwrap();
        assert_eq!(hotel.slug.as_str(), "harbour-view");
        assert_eq!(hotel.room_types[0].prices.from_price().minor, 11_900);
        assert_eq!(hotel.check_in_from.to_string(), "15:00");
    }

    #[test]
    fn a_slip_in_the_file_is_named() {
        let slips = [
            ("time_zone = \"Europe/Lisbon\"", "time_zone = \"Europe/Lisboa\"", "Europe/Lisboa is no time zone"),
            ("currency = \"EUR\"", "currency = \"EURO\"", "unknown currency"),
            ("language = \"en\"", "language = \"tlh\"", "tlh is not spoken here"),
            ("price = \"119.00\"", "price = \"119,00\"", "119,00"),
            ("rooms = 20", "room = 20", "room"),
            ("code = \"suite\"", "code = \"double\"", "two room types double"),
        ];
        for (right, wrong, named) in slips {
            assert!(EXAMPLE.contains(right), "{right}");
            let message = new_hotel(&EXAMPLE.replacen(right, wrong, 1)).unwrap_err().to_string();
            assert!(message.contains(named), "{message}");
        }
    }
}
