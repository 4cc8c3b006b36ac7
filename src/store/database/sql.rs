//! Statements that are put together from parts: their parameters are numbered as both engines read them.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::{Query, QueryScalar};
use sqlx::{Any, Arguments, AssertSqlSafe, Decode, Encode, Type};

use super::error::Error;

/// A statement, and the values of its parameters.
pub(super) struct Sql {
    text: String,
    arguments: Result<AnyArguments, Error>,
    count: usize,
}

impl Sql {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), arguments: Ok(AnyArguments::default()), count: 0 }
    }

    pub(super) fn push(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.text.push_str(text.as_ref());
        self
    }

    /// Adds a parameter with this value.
    pub(super) fn push_bind<'t, T: Encode<'t, Any> + Type<Any>>(&mut self, value: T) -> &mut Self {
        self.count += 1;
        self.text.push_str(&format!("${}", self.count));
        if let Ok(arguments) = &mut self.arguments
            && let Err(error) = arguments.add(value)
        {
            self.arguments = Err(Error::Encode(error));
        }
        self
    }

    /// Adds parameters with these values, separated by commas.
    pub(super) fn push_list<'t, T: Encode<'t, Any> + Type<Any>>(
        &mut self,
        values: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        for (nth, value) in values.into_iter().enumerate() {
            if nth > 0 {
                self.push(", ");
            }
            self.push_bind(value);
        }
        self
    }

    /// `COLUMN IN (…)`, which nothing fulfils where there are no values.
    pub(super) fn push_in<'t, T: Encode<'t, Any> + Type<Any>>(
        &mut self,
        column: &str,
        values: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        self.push(column).push(" IN (");
        let before = self.count;
        self.push_list(values);
        // An empty list is an error on PostgreSQL, and SQLite finds no index for it.
        self.push(if self.count == before { "NULL)" } else { ")" })
    }

    /// `(a, b), (c, d)`: rows of two texts, for `IN (VALUES …)`.
    pub(super) fn push_pairs<'t>(&mut self, pairs: impl IntoIterator<Item = (&'t str, &'t str)>) -> &mut Self {
        for (nth, (one, other)) in pairs.into_iter().enumerate() {
            self.push(if nth > 0 { ", (" } else { "(" });
            self.push_bind(one).push(", ").push_bind(other).push(")");
        }
        self
    }

    pub(super) fn build(self) -> Result<Query<'static, Any, AnyArguments>, Error> {
        Ok(sqlx::query_with(AssertSqlSafe(self.text), self.arguments?))
    }

    pub(super) fn build_scalar<T>(self) -> Result<QueryScalar<'static, Any, T, AnyArguments>, Error>
    where
        (T,): for<'r> sqlx::FromRow<'r, AnyRow>,
        T: for<'r> Decode<'r, Any> + Type<Any>,
    {
        Ok(sqlx::query_scalar_with(AssertSqlSafe(self.text), self.arguments?))
    }
}
