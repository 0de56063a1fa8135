//! `vacancy admin set-price`: what a night costs, always or on some nights.

use std::io::Write;

use clap::Args;
use futures_util::future::try_join_all;

use crate::domain::{Date, HotelSlug, PriceTable, RoomType, RoomTypeCode};
use crate::server::admin::{AdminError, house_of, price, refused, room_type_of, written};
use crate::server::store::{DirectoryChange, Store};

/// The most nights that are set at once, so that a slip of the year is caught.
const MOST_NIGHTS: i32 = 400;

#[derive(Args, Clone, Debug)]
pub struct SetPrice {
    #[arg(long, value_name = "SLUG")]
    pub hotel: HotelSlug,
    #[arg(long, value_name = "CODE")]
    pub room_type: RoomTypeCode,
    /// In the hotel's currency, such as 119.00.
    #[arg(long, allow_hyphen_values = true)]
    pub price: String,
    /// The first night it holds for; without it, it is the price of every night that has none of its own.
    #[arg(long, value_name = "YYYY-MM-DD", requires = "to")]
    pub from: Option<Date>,
    /// The day after the last night it holds for.
    #[arg(long, value_name = "YYYY-MM-DD", requires = "from")]
    pub to: Option<Date>,
}

impl SetPrice {
    pub(super) async fn run(self, store: &dyn Store, out: &mut dyn Write) -> Result<(), AdminError> {
        let house = house_of(store, &self.hotel)?;
        let before = room_type_of(&house, &self.room_type)?;
        let price = price(&self.price, house.hotel.currency)?;
        let what = format!("a night in {} of {}", self.room_type, self.hotel);
        let (Some(from), Some(to)) = (self.from, self.to) else {
            let prices = PriceTable::new(price.currency, [price.minor; 7], before.prices.by_date().clone());
            let room_type = RoomType { prices, ..before.clone() };
            store.change_directory(DirectoryChange::PutRoomType { hotel: house.hotel.id, room_type }).await?;
            writeln!(out, "{what} costs {}", written(price))?;
            return Ok(());
        };
        let nights = from.days_until(to);
        if !(1..=MOST_NIGHTS).contains(&nights) {
            return Err(refused(format!("--to lies 1 to {MOST_NIGHTS} days after --from")));
        }
        let changes = (0..nights).map(|night| {
            store.change_directory(DirectoryChange::SetPrice {
                hotel: house.hotel.id,
                room_type: self.room_type.clone(),
                night: from.add_days(night),
                price_minor: price.minor,
            })
        });
        try_join_all(changes).await?;
        writeln!(out, "{what} costs {} from {from} to {to}", written(price))?;
        Ok(())
    }
}
