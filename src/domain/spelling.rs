//! Enums with one spelling of each value: in the API, the database and the keys of messages.

/// `as_str`, its reverse `parse`, and `ALL` values in their order, for enums that derive them by strum.
macro_rules! spelled {
    ($($name:ty),+) => {$(
        impl $name {
            /// Every value, in its order.
            pub const ALL: &'static [Self] = <Self as ::strum::VariantArray>::VARIANTS;

            /// Every value, in its order.
            pub fn all() -> impl Iterator<Item = Self> + Clone {
                Self::ALL.iter().copied()
            }

            /// The spellings of all, with a comma between.
            pub fn names() -> String {
                Self::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", ")
            }

            /// As the API, the database and messages spell it.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// The reverse of `as_str`.
            pub fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )+};
}

pub(crate) use spelled;
