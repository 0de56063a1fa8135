//! `vacancy admin fill`: made-up hotels and reservations, as many as are asked for, to measure on.
//!
//! Everything goes the way of an import, one command a reservation with its nights counted and its fact in the log, so
//! that what is measured has grown as a real database grows. Half the stays are over, half are to come.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::domain::{
    Actor, CancellationPolicy, CivilTime, Currency, Date, Draft, Guest, GuestName, Money, Note, Party, PriceTable,
    RoomType, State, Stay, Timestamp,
};
use crate::server::admin::{AdminError, house_of, refused};
use crate::server::clock::{Clock, today};
use crate::server::random::Random;
use crate::server::store::command::{Change, Import};
use crate::server::store::{Command, CommandError, DirectoryChange, House, NewHotel, Store};
use crate::wire::offer::STANDARD_RATE;

/// How many commands are under way at once, so that they share commits.
const AT_ONCE: usize = 1_024;
/// Stays lie within so many days of today, before and after.
const DAYS: u32 = 500;
/// Code, guests, price in cents a night. Rooms for everyone, so that nothing is refused.
const ROOM_TYPES: [(&str, u8, i64); 4] =
    [("single", 1, 7_900), ("double", 2, 11_900), ("family", 4, 16_900), ("suite", 3, 28_900)];
const ROOMS: u16 = 4_000;

#[derive(Args, Clone, Debug)]
pub struct Fill {
    /// How many hotels there are to be: `house-1`, `house-2`, ...
    #[arg(long, default_value_t = 1)]
    pub hotels: u32,
    /// How many reservations, spread evenly over them.
    #[arg(long)]
    pub reservations: u32,
}

impl Fill {
    pub(super) async fn run(
        self,
        store: &dyn Store,
        clock: &dyn Clock,
        random: &dyn Random,
        out: &mut dyn Write,
    ) -> Result<(), AdminError> {
        let hotels = (1..=self.hotels).map(new_hotel).collect::<Result<Vec<_>, _>>()?;
        let slugs: Vec<_> = hotels.iter().map(|hotel| hotel.slug.clone()).collect();
        store.change_directory(DirectoryChange::AddHotels(hotels)).await?;
        let houses = slugs.iter().map(|slug| house_of(store, slug)).collect::<Result<Vec<_>, _>>()?;
        let name: GuestName = "Ana Silva".parse().map_err(|_| refused("a guest has a name"))?;
        let book = Book { store, random, name, now: clock.now() };
        stream::iter(0..self.reservations)
            .map(|count| book.write_down(&houses[count as usize % houses.len()], count))
            .buffer_unordered(AT_ONCE)
            .try_collect::<Vec<()>>()
            .await?;
        writeln!(out, "made {} hotels and {} reservations", self.hotels, self.reservations)?;
        Ok(())
    }
}

struct Book<'a> {
    store: &'a dyn Store,
    random: &'a dyn Random,
    name: GuestName,
    now: Timestamp,
}

impl Book<'_> {
    async fn write_down(&self, house: &Arc<House>, count: u32) -> Result<(), AdminError> {
        loop {
            let import = self.import(house, count).ok_or_else(|| refused(format!("stay {count} is none")))?;
            let command = Command { at: self.now, actor: Actor::System, change: Change::Import(Box::new(import)) };
            match self.store.execute(house.hotel.id, command).await {
                Ok(_) => return Ok(()),
                Err(CommandError::CodeTaken) => {}
                Err(error) => return Err(refused(error.to_string())),
            }
        }
    }

    /// The same stays in each run, well mixed: neighbours in number are neither in time nor in room type.
    fn import(&self, house: &House, count: u32) -> Option<Import> {
        let mixed = count.wrapping_mul(2_654_435_761);
        let today = today(self.now, &house.hotel.time_zone);
        let arrival = today.add_days(i32::try_from(mixed % (2 * DAYS)).ok()? - i32::try_from(DAYS).ok()?);
        let nights = i32::try_from(mixed >> 16 & 3).ok()? + 1;
        let stay = Stay::new(arrival, arrival.add_days(nights)).ok()?;
        let room_type = &house.room_types[mixed as usize >> 20 & 3];
        let nightly: Vec<(Date, Money)> = stay.nights().map(|night| (night, room_type.prices.night(night))).collect();
        let total = Money::sum(house.hotel.currency, nightly.iter().map(|(_, price)| *price)).ok()?;
        let state = if stay.departure() <= today {
            State::CheckedOut
        } else if arrival <= today {
            State::InHouse
        } else {
            State::Confirmed
        };
        Some(Import {
            draft: Draft {
                hotel: house.hotel.id,
                code: self.random.reservation_code(),
                hold: None,
                room_type: room_type.code.clone(),
                rate_plan: STANDARD_RATE.to_owned(),
                stay,
                party: Party::new(1, 0).ok()?,
                nightly,
                total,
            },
            state,
            guest: Guest { name: self.name.clone(), email: None, phone: None },
            note: Note::default(),
            created_at: self.now,
            source: format!("fill#{count}"),
            room: None,
        })
    }
}

fn new_hotel(number: u32) -> Result<NewHotel, AdminError> {
    let room_type = |(code, sleeps, price): (&str, u8, i64)| {
        Ok(RoomType {
            code: code.parse().map_err(|_| refused(code))?,
            name: code.to_owned(),
            sleeps,
            rooms: ROOMS,
            overbook: 0,
            prices: PriceTable::flat(Money::new(price, Currency::Eur)),
        })
    };
    let time = |text: &str| text.parse::<CivilTime>().map_err(|_| refused(text));
    let slug = format!("house-{number}");
    Ok(NewHotel {
        slug: slug.parse().map_err(|_| refused(&slug))?,
        name: format!("House {number}"),
        time_zone: "Europe/Lisbon".to_owned(),
        currency: Currency::Eur,
        language: "en".to_owned(),
        check_in_from: time("15:00")?,
        check_out_until: time("11:00")?,
        cancellation: CancellationPolicy::default(),
        room_types: ROOM_TYPES.into_iter().map(room_type).collect::<Result<_, AdminError>>()?,
    })
}
