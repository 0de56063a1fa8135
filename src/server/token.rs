//! Secrets that open something: 256 random bits, shown once, kept as a hash.

use sha2::{Digest, Sha256};

/// What is stored of a token.
pub fn hash(token: &str) -> [u8; 32] {
    sha256(token.as_bytes())
}

pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
