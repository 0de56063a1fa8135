//! The hotels and what they sell, held in memory: small, read by every request, changed rarely.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{Hotel, HotelId, HotelSlug, RoomType, RoomTypeCode};

#[derive(Clone, Debug, Default)]
pub struct Catalog {
    houses: Vec<Arc<House>>,
    /// Places in `houses`.
    by_id: HashMap<HotelId, usize>,
    by_slug: HashMap<HotelSlug, usize>,
}

/// A hotel with its room types.
#[derive(Clone, Debug)]
pub struct House {
    pub hotel: Hotel,
    pub room_types: Vec<RoomType>,
}

impl Catalog {
    pub fn new(houses: Vec<House>) -> Self {
        let houses: Vec<Arc<House>> = houses.into_iter().map(Arc::new).collect();
        let by_id = houses.iter().enumerate().map(|(place, house)| (house.hotel.id, place)).collect();
        let by_slug = houses.iter().enumerate().map(|(place, house)| (house.hotel.slug.clone(), place)).collect();
        Self { houses, by_id, by_slug }
    }

    /// The same with one hotel as it is now.
    #[must_use]
    pub fn with_hotel(&self, hotel: Hotel) -> Self {
        let mut changed = self.clone();
        if let Some(place) = changed.by_id.get(&hotel.id) {
            let room_types = changed.houses[*place].room_types.clone();
            changed.houses[*place] = Arc::new(House { hotel, room_types });
        }
        changed
    }

    pub fn houses(&self) -> &[Arc<House>] {
        &self.houses
    }

    pub fn house(&self, id: HotelId) -> Option<&Arc<House>> {
        self.by_id.get(&id).map(|place| &self.houses[*place])
    }

    pub fn by_slug(&self, slug: &HotelSlug) -> Option<&Arc<House>> {
        self.by_slug.get(slug).map(|place| &self.houses[*place])
    }
}

impl House {
    pub fn room_type(&self, code: &RoomTypeCode) -> Option<&RoomType> {
        self.room_types.iter().find(|room_type| room_type.code == *code)
    }

    pub fn room_count(&self) -> u32 {
        self.room_types.iter().map(|room_type| u32::from(room_type.rooms)).sum()
    }
}
