//! Pure rules of the house: no I/O, no clock, no randomness, no Leptos.
