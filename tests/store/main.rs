//! What every store promises. Each test is a function of a [`Kind`]; `for_every_store!` runs it against each of them.
//! At its end a test checks the books: counters against a recount, the log against what the listener heard.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod amend;
mod batches;
mod closed_nights;
mod day;
mod directory;
mod fees;
mod folio;
mod histories;
mod holds;
mod house;
mod housekeeping;
mod idempotency;
mod imports;
mod life;
mod model;
mod not_left;
mod nudges;
mod queries;
mod races;
mod rooms;
mod rooms_check;
mod sold_out;
mod split;
mod sqlite;
mod terms;

/// Runs each test against the store in memory and against SQLite.
#[macro_export]
macro_rules! for_every_store {
    ($($test:ident),* $(,)?) => {
        mod in_memory {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test($crate::house::Kind::Memory).await;
                }
            )*
        }
        mod in_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test($crate::house::Kind::Sqlite).await;
                }
            )*
        }
    };
}
