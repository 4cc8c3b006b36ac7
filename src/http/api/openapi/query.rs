//! The keys of a query, described by the schema of the struct that reads them.

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::{RefOr, Required, Schema, Type};
use utoipa::{IntoParams, PartialSchema};

use crate::http::extract::Query;

impl<T: PartialSchema> IntoParams for Query<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        keys::<T>(&[])
    }
}

/// All keys of `T` but these.
pub fn keys<T: PartialSchema>(without: &[&str]) -> Vec<Parameter> {
    let RefOr::T(Schema::Object(object)) = T::schema() else { return Vec::new() };
    let taken = object.properties.into_iter().filter(|(name, _)| !without.contains(&name.as_str()));
    taken.map(|(name, schema)| key(name, schema)).collect()
}

/// A key that is absent is not `null`; what is said of it stands beside its schema.
fn key(name: String, mut schema: RefOr<Schema>) -> Parameter {
    let mut description = None;
    if let RefOr::T(Schema::Object(object)) = &mut schema {
        if object.enum_values.is_none() {
            description = object.description.take();
        }
        if let SchemaType::Array(types) = &object.schema_type
            && let Some(kind) = types.iter().find(|kind| **kind != Type::Null)
        {
            object.schema_type = kind.clone().into();
        }
    }
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(description)
        .schema(Some(schema))
        .build()
}
