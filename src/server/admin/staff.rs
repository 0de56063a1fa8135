//! `vacancy admin create-staff`, `set-password` and `remove-staff`.
//!
//! A password never comes as an argument, where every user of the machine could read it: it comes from the environment
//! or from standard input, or one is made up and shown this once.

use std::io::{BufRead, Write};

use clap::Args;

use crate::domain::{Email, HotelSlug};
use crate::server::admin::create_hotel::named;
use crate::server::admin::{AdminError, house_of, refused};
use crate::server::random::Random;
use crate::server::service::password::{Passwords, check_new};
use crate::server::service::staff::account_name;
use crate::server::store::{DirectoryChange, NewStaff, Role, Store};

const PASSWORD_VARIABLE: &str = "VACANCY_NEW_PASSWORD";

#[derive(Args, Clone, Debug)]
pub struct CreateStaff {
    /// The hotel they work at
    #[arg(long, value_name = "SLUG")]
    pub hotel: HotelSlug,
    /// What they sign in with
    #[arg(long)]
    pub email: Email,
    /// How colleagues call them
    #[arg(long)]
    pub name: String,
    /// `manager`, `front_desk` or `housekeeping`
    #[arg(long)]
    pub role: Role,
    #[command(flatten)]
    pub password: PasswordFrom,
}

#[derive(Args, Clone, Debug)]
pub struct SetPassword {
    /// Whose password
    #[arg(long)]
    pub email: Email,
    #[command(flatten)]
    pub password: PasswordFrom,
}

#[derive(Args, Clone, Debug)]
pub struct RemoveStaff {
    /// Whose account
    #[arg(long)]
    pub email: Email,
}

#[derive(Args, Clone, Copy, Debug)]
pub struct PasswordFrom {
    /// Read the password as one line from standard input. Otherwise it is taken from `VACANCY_NEW_PASSWORD`, and where
    /// that is not set, one is made up and shown once.
    #[arg(long)]
    pub password_stdin: bool,
}

/// A password, and whether somebody must still be told of it.
struct NewPassword {
    text: String,
    is_made_up: bool,
}

impl PasswordFrom {
    fn read(self, random: &dyn Random) -> Result<NewPassword, AdminError> {
        if self.password_stdin {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            return Ok(NewPassword { text: line.trim_end_matches(['\r', '\n']).to_owned(), is_made_up: false });
        }
        match std::env::var(PASSWORD_VARIABLE) {
            Ok(text) => Ok(NewPassword { text, is_made_up: false }),
            Err(std::env::VarError::NotPresent) => Ok(NewPassword { text: random.text::<10>(), is_made_up: true }),
            Err(error) => Err(refused(format!("{PASSWORD_VARIABLE}: {error}"))),
        }
    }
}

/// The hash of a password that may be used for the account.
async fn hash(password: &NewPassword, about: &[&str], random: &dyn Random) -> Result<String, AdminError> {
    check_new(&password.text, about)?;
    Ok(Passwords::new(1).hash(password.text.clone(), random).await?)
}

fn say(out: &mut dyn Write, done: &str, password: &NewPassword) -> Result<(), AdminError> {
    writeln!(out, "{done}")?;
    if password.is_made_up {
        writeln!(out, "password, shown this once: {}", password.text)?;
    }
    Ok(())
}

impl CreateStaff {
    pub(super) async fn run(
        self,
        store: &dyn Store,
        random: &dyn Random,
        out: &mut dyn Write,
    ) -> Result<(), AdminError> {
        let house = house_of(store, &self.hotel)?;
        let email = account_name(self.email.as_str());
        let password = self.password.read(random)?;
        let password_hash = hash(&password, &[&email, &self.name, &house.hotel.name], random).await?;
        let staff = NewStaff {
            hotel: house.hotel.id,
            email: email.clone(),
            name: named(&self.name)?,
            role: self.role,
            password_hash,
        };
        store.change_directory(DirectoryChange::AddStaff(staff)).await?;
        say(out, &format!("created {email}, {} of {}", self.role, self.hotel), &password)
    }
}

impl SetPassword {
    pub(super) async fn run(
        self,
        store: &dyn Store,
        random: &dyn Random,
        out: &mut dyn Write,
    ) -> Result<(), AdminError> {
        let email = account_name(self.email.as_str());
        let password = self.password.read(random)?;
        let password_hash = hash(&password, &[&email], random).await?;
        store.change_directory(DirectoryChange::SetPassword { email: email.clone(), password_hash }).await?;
        say(out, &format!("changed the password of {email}"), &password)
    }
}

impl RemoveStaff {
    pub(super) async fn run(self, store: &dyn Store, out: &mut dyn Write) -> Result<(), AdminError> {
        let email = account_name(self.email.as_str());
        store.change_directory(DirectoryChange::RemoveStaff { email: email.clone() }).await?;
        writeln!(out, "removed {email}")?;
        Ok(())
    }
}
