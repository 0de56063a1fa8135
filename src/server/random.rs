//! Where chance comes from. Passed in, so that tests own it.

use rand::TryRng;

use crate::domain::{HoldId, ReservationCode};

pub trait Random: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::SysRng.try_fill_bytes(bytes).expect("the operating system has random numbers");
    }
}

impl dyn Random + '_ {
    pub fn reservation_code(&self) -> ReservationCode {
        let mut bytes = [0; 5];
        self.fill(&mut bytes);
        ReservationCode::from_random(bytes)
    }

    pub fn hold_id(&self) -> HoldId {
        HoldId(self.text::<16>())
    }

    /// 256 bits as 64 hexadecimal digits.
    pub fn token(&self) -> String {
        self.text::<32>()
    }

    /// Text of `BYTES` random bytes, safe in addresses and cookies.
    pub fn text<const BYTES: usize>(&self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut bytes = [0; BYTES];
        self.fill(&mut bytes);
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
    }
}
