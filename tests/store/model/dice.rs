//! `SplitMix64` (Steele, Lea, Flood 2014): as random as a test needs, the same everywhere.

pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    /// As [`Dice::below`], for small numbers of any kind.
    pub fn small<T: TryFrom<u64>>(&mut self, end: u64) -> T
    where
        T::Error: std::fmt::Debug,
    {
        T::try_from(self.below(end)).unwrap()
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.small::<usize>(from.len() as u64)]
    }

    pub fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }
}
