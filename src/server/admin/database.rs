//! The database for a command of its own, with nobody to tell of what it changes.

use std::sync::Arc;

use crate::domain::LoggedFact;
use crate::server::admin::AdminError;
use crate::server::config::DatabaseOption;
use crate::server::run;
use crate::server::store::sqlite::SqliteOptions;
use crate::server::store::{Catalog, CommitListener, LogEntry, Store};

struct Nobody;

impl CommitListener for Nobody {
    fn committed(&self, _facts: &[LoggedFact], _entries: Vec<LogEntry>) {}

    fn catalog_changed(&self, _catalog: &Arc<Catalog>) {}
}

/// Opens the database, made where it is missing. Refused while a server has it open.
pub(super) async fn open(option: DatabaseOption) -> Result<Arc<dyn Store>, AdminError> {
    Ok(run::open_store(option.resolve()?, SqliteOptions::default(), Arc::new(Nobody)).await?)
}
