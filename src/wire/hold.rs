//! How long a hold still runs, as the guest's page asks for it. The time left is the server's: no clock of a browser counts.

use serde::{Deserialize, Serialize};

/// From here on the end is near, and the guest is warned: WCAG 2.2.1 asks for 20 seconds at least.
pub const WARN_SECONDS: u32 = 120;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldClock {
    /// Whole seconds, rounded up; 0 when it is over.
    pub seconds_left: u32,
    /// When it ends, by the hotel's clock, in words.
    pub until: String,
    pub extensions_left: u8,
}
