//! The two macros that turn a table of texts into functions. A text that lacks a language does not compile.

/// One `pub const fn NAME(locale: Locale) -> &'static str` a line: `name: "English" | "中文";`.
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident: $en:literal | $zh:literal;)+) => {$(
        $(#[$meta])*
        pub const fn $name(locale: $crate::messages::Locale) -> &'static str {
            match locale {
                $crate::messages::Locale::En => $en,
                $crate::messages::Locale::ZhCn => $zh,
            }
        }
    )+};
}

/// The same for texts with values in them: `name(when: &str): "Until {when}" | "{when}之前";`.
macro_rules! phrases {
    ($($(#[$meta:meta])* $name:ident($($arg:ident: $kind:ty),+): $en:literal | $zh:literal;)+) => {$(
        $(#[$meta])*
        pub fn $name(locale: $crate::messages::Locale, $($arg: $kind),+) -> String {
            match locale {
                $crate::messages::Locale::En => format!($en),
                $crate::messages::Locale::ZhCn => format!($zh),
            }
        }
    )+};
}
