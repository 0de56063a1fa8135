//! What a folio adds up to, whatever is posted to it.

use proptest::prelude::*;

use super::*;

const EUR: Currency = Currency::Eur;

fn eur(minor: i64) -> Money {
    Money::new(minor, EUR)
}

fn day() -> Date {
    "2026-12-24".parse().unwrap()
}

fn folio(nights: &[i64]) -> Folio {
    let night = |(place, price): (usize, &i64)| StayLine::Night {
        date: day().add_days(i32::try_from(place).unwrap()),
        price: eur(*price),
    };
    Folio { currency: EUR, lines: nights.iter().enumerate().map(night).collect(), entries: Vec::new() }
}

impl Folio {
    fn next_id(&self) -> FolioEntryId {
        FolioEntryId(self.entries.len() as u64 + 1)
    }

    fn post(&mut self, kind: EntryKind, minor: i64) {
        let posting = Posting::new(kind, "Minibar".parse().unwrap(), eur(minor)).unwrap();
        let entry = posting.posted(self.next_id(), Timestamp::from_unix_ms(0), "desk".into(), day());
        self.entries.push(entry);
    }

    fn reverse(&mut self, id: FolioEntryId) -> Result<(), FolioRefusal> {
        let entry = self.reversible(id)?.reversed(self.next_id(), Timestamp::from_unix_ms(0), "desk".into(), day());
        self.entries.push(entry);
        Ok(())
    }
}

/// What the desk does: a charge, a payment, or taking back one of the entries so far.
#[derive(Clone, Debug)]
enum Deed {
    Charge(i64),
    Pay(i64, usize),
    Reverse(u64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (1..=MOST_MINOR).prop_map(Deed::Charge),
        (1..=MOST_MINOR, 0..4_usize).prop_map(|(minor, method)| Deed::Pay(minor, method)),
        (0..30_u64).prop_map(Deed::Reverse),
    ]
}

proptest! {
    #[test]
    fn the_balance_is_what_was_charged_and_stands_less_what_was_paid_and_stands(
        nights in prop::collection::vec(0..=MOST_MINOR, 0..30),
        deeds in prop::collection::vec(deed(), 0..30),
    ) {
        let mut folio = folio(&nights);
        // The plain model: amounts that stand, payments below zero.
        let mut standing: Vec<Option<i64>> = Vec::new();
        for deed in deeds {
            match deed {
                Deed::Charge(minor) => {
                    folio.post(EntryKind::Charge, minor);
                    standing.push(Some(minor));
                }
                Deed::Pay(minor, method) => {
                    folio.post(EntryKind::Payment(PaymentMethod::ALL[method]), minor);
                    standing.push(Some(-minor));
                }
                Deed::Reverse(number) => {
                    let place = usize::try_from(number).unwrap();
                    let stands = place > 0 && standing.get(place - 1).copied().flatten().is_some();
                    prop_assert_eq!(folio.reverse(FolioEntryId(number)).is_ok(), stands);
                    if stands {
                        standing[place - 1] = None;
                        standing.push(None);
                    }
                }
            }
        }
        let expected: i64 = nights.iter().sum::<i64>() + standing.into_iter().flatten().sum::<i64>();
        prop_assert_eq!(folio.balance(), Ok(eur(expected)));
        let (charges, payments) = (folio.charges().unwrap(), folio.payments().unwrap());
        prop_assert_eq!(charges.minor - payments.minor, expected);
    }

    #[test]
    fn an_amount_is_read_as_it_was_typed_with_point_or_comma(minor in 1..MOST_MINOR, comma in any::<bool>()) {
        let sign = if comma { ',' } else { '.' };
        let typed = format!(" {}{sign}{:02} ", minor / 100, minor % 100);
        prop_assert_eq!(typed_amount(&typed, EUR), Ok(eur(minor)));
    }

    #[test]
    fn whatever_is_typed_is_an_amount_above_zero_or_refused(text in "[0-9., -]{0,12}") {
        if let Ok(amount) = typed_amount(&text, EUR) {
            prop_assert!((1..=MOST_MINOR).contains(&amount.minor));
        }
    }
}

#[test]
fn amounts_that_two_readers_would_read_differently_are_refused() {
    for (typed, error) in [
        ("1,234", FolioError::TooPrecise),
        ("1.234", FolioError::TooPrecise),
        ("1,234.50", FolioError::Amount),
        ("1.234,50", FolioError::Amount),
        ("12.5.0", FolioError::Amount),
        ("-5", FolioError::Amount),
        ("", FolioError::Amount),
        ("0,00", FolioError::NotPositive),
        ("99999999999", FolioError::TooLarge),
    ] {
        assert_eq!(typed_amount(typed, EUR), Err(error), "{typed}");
    }
    assert_eq!(typed_amount("12", EUR), Ok(eur(1200)));
    assert_eq!(typed_amount("12,5", EUR), Ok(eur(1250)));
    assert_eq!(typed_amount("1200", Currency::Jpy), Ok(Money::new(1200, Currency::Jpy)));
    assert_eq!(typed_amount("12.5", Currency::Jpy), Err(FolioError::TooPrecise));
}

#[test]
fn two_currencies_never_stand_in_one_balance() {
    let mut folio = folio(&[100]);
    folio.post(EntryKind::Charge, 100);
    folio.entries[0].amount.currency = Currency::Cny;
    assert_eq!(folio.balance(), Err(MoneyError::MixedCurrencies));
}

#[test]
fn an_entry_is_taken_back_once_and_its_counter_entry_never() {
    let mut folio = folio(&[]);
    folio.post(EntryKind::Charge, 500);
    folio.reverse(FolioEntryId(1)).unwrap();
    assert_eq!(folio.balance(), Ok(eur(0)));
    assert_eq!(folio.reverse(FolioEntryId(1)), Err(FolioRefusal::AlreadyReversed));
    assert_eq!(folio.reverse(FolioEntryId(2)), Err(FolioRefusal::IsReversal));
    assert_eq!(folio.reverse(FolioEntryId(9)), Err(FolioRefusal::EntryNotFound));
}
