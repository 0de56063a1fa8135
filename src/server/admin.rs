//! What is done to a house from the command line, while no server has its database open.
//!
//! `import_bookings` and `demo` bring reservations in; the rest are the `vacancy admin` commands, a file each.

pub mod demo;
pub mod import_bookings;

mod create_hotel;
mod database;
mod fill;
mod list;
mod number_rooms;
mod room_types;
mod set_price;
mod staff;

use std::io::{self, Write};
use std::sync::Arc;

use clap::{Args, Subcommand};

use crate::domain::{HotelSlug, Money, MoneyError, RoomType, RoomTypeCode};
use crate::server::clock::SystemClock;
use crate::server::config::{ConfigError, DatabaseOption};
use crate::server::random::Random;
use crate::server::run::StartError;
use crate::server::service::password::PasswordError;
use crate::server::store::{House, Store, StoreError};

/// What `vacancy admin` takes.
#[derive(Args, Clone, Debug)]
pub struct AdminOptions {
    #[command(flatten)]
    pub database: DatabaseOption,
    #[command(subcommand)]
    pub command: AdminCommand,
}

#[derive(Clone, Debug, Subcommand)]
pub enum AdminCommand {
    /// Add a hotel with its room types, as a TOML file describes it.
    CreateHotel(create_hotel::CreateHotel),
    /// Add a room type to a hotel.
    AddRoomType(room_types::AddRoomType),
    /// Change a room type: its name, its rooms, how many it sleeps, how far it may be overbooked.
    ChangeRoomType(room_types::ChangeRoomType),
    /// Put numbers on the doors of a room type, so that stays can be given rooms.
    NumberRooms(number_rooms::NumberRooms),
    /// Set what a night of a room type costs, always or on some nights.
    SetPrice(set_price::SetPrice),
    /// Add an account for a member of staff.
    CreateStaff(staff::CreateStaff),
    /// Give an account a new password; whoever is signed in with it is signed out.
    SetPassword(staff::SetPassword),
    /// Remove an account; whoever is signed in with it is signed out.
    RemoveStaff(staff::RemoveStaff),
    /// Show the hotels with their room types and accounts.
    List,
    /// Fill a database with made-up hotels and reservations, to measure on.
    #[command(hide = true)]
    Fill(fill::Fill),
}

#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error("{0}")]
    Refused(String),
    #[error("the answer cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Carries out one command; what it has to say goes to `out`.
pub async fn run(options: AdminOptions, random: &dyn Random, out: &mut dyn Write) -> Result<(), AdminError> {
    let store = database::open(options.database).await?;
    let done = carry_out(options.command, &store, random, out).await;
    store.close().await;
    done
}

async fn carry_out(
    command: AdminCommand,
    store: &Arc<dyn Store>,
    random: &dyn Random,
    out: &mut dyn Write,
) -> Result<(), AdminError> {
    let store = store.as_ref();
    match command {
        AdminCommand::CreateHotel(options) => options.run(store, out).await,
        AdminCommand::AddRoomType(options) => options.run(store, out).await,
        AdminCommand::ChangeRoomType(options) => options.run(store, out).await,
        AdminCommand::NumberRooms(options) => options.run(store, out).await,
        AdminCommand::SetPrice(options) => options.run(store, out).await,
        AdminCommand::CreateStaff(options) => options.run(store, random, out).await,
        AdminCommand::SetPassword(options) => options.run(store, random, out).await,
        AdminCommand::RemoveStaff(options) => options.run(store, out).await,
        AdminCommand::List => list::run(store, out).await,
        AdminCommand::Fill(options) => options.run(store, &SystemClock, random, out).await,
    }
}

fn refused(reason: impl Into<String>) -> AdminError {
    AdminError::Refused(reason.into())
}

fn house_of(store: &dyn Store, slug: &HotelSlug) -> Result<Arc<House>, AdminError> {
    store.catalog().by_slug(slug).cloned().ok_or_else(|| refused(format!("there is no hotel {slug}")))
}

fn room_type_of<'a>(house: &'a House, code: &RoomTypeCode) -> Result<&'a RoomType, AdminError> {
    let reason = || refused(format!("{} has no room type {code}", house.hotel.slug));
    house.room_type(code).ok_or_else(reason)
}

/// A price as people write it: whole units with decimals, not below zero.
fn price(text: &str, currency: crate::domain::Currency) -> Result<Money, AdminError> {
    let wrong = |error: MoneyError| refused(format!("the price {text}: {error}"));
    let price = Money::from_decimal(text, currency).map_err(wrong)?;
    if price.minor < 0 { Err(refused(format!("the price {text} is below zero"))) } else { Ok(price) }
}

/// An amount as [`price`] reads it.
fn written(price: Money) -> String {
    let places = usize::from(price.currency.minor_digits());
    let digits = format!("{:0>width$}", price.minor, width = places + 1);
    let (whole, decimals) = digits.split_at(digits.len() - places);
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
}
