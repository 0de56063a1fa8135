//! Views whose type is forgotten. On the server that is their text, since a page is written once and dropped; Leptos's
//! `AnyView` would compile each view's way to hydrate, rebuild and suspend as well, which made half of the program.

use leptos::children::{ChildrenOptContainer, ToChildren};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub type Erased = leptos::tachys::html::InertElement;
#[cfg(not(feature = "ssr"))]
pub type Erased = AnyView;

/// Lets views of different types stand in the same place.
pub trait Erase: IntoView {
    fn erased(self) -> Erased;
}

impl<V: IntoView> Erase for V {
    #[cfg(feature = "ssr")]
    fn erased(self) -> Erased {
        Erased::new(self.into_view().to_html())
    }

    #[cfg(not(feature = "ssr"))]
    fn erased(self) -> Erased {
        self.into_any()
    }
}

/// What stands between the tags of a component.
pub struct Inner(Box<dyn FnOnce() -> Erased + Send>);

impl core::fmt::Debug for Inner {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Inner")
    }
}

impl Inner {
    pub fn view(self) -> Erased {
        (self.0)()
    }
}

impl<F, V> ToChildren<F> for Inner
where
    F: FnOnce() -> V + Send + 'static,
    V: IntoView,
{
    fn to_children(inner: F) -> Self {
        Self(Box::new(move || inner().erased()))
    }
}

/// A single value between the tags.
impl<V> ToChildren<ChildrenOptContainer<V>> for Inner
where
    V: IntoView + Send + 'static,
{
    fn to_children(inner: ChildrenOptContainer<V>) -> Self {
        Self(Box::new(move || inner.0.erased()))
    }
}
