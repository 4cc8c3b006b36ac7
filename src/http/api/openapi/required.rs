//! What answers always hold, and bodies that may be absent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use utoipa::Modify;
use utoipa::openapi::schema::ArrayItems;
use utoipa::openapi::{KnownFormat, Object, OpenApi, RefOr, Required as Needed, Schema, SchemaFormat};

use super::operations::operations;

const SCHEMAS: &str = "#/components/schemas/";

/// An answer holds every property that is described, with `null` for what is absent; a body that is sent may leave out
/// what is optional, and may be absent itself where all of it is.
pub struct Required;

impl Modify for Required {
    fn modify(&self, api: &mut OpenApi) {
        let sent = sent(api);
        let components = api.components.get_or_insert_default();
        for (name, schema) in &mut components.schemas {
            let always_whole = !sent.contains(name);
            each_object(schema, &mut |object| {
                if always_whole {
                    object.required = object.properties.keys().cloned().collect();
                }
                // No number here is beyond 2^53, and generators make a BigInt of an int64.
                object.format.take_if(|format| *format == SchemaFormat::KnownFormat(KnownFormat::Int64));
            });
        }
        for item in api.paths.paths.values_mut() {
            for (_, operation) in operations(item) {
                let Some(RefOr::T(body)) = &mut operation.request_body else { continue };
                let schemas = body.content.values().filter_map(|content| match content {
                    RefOr::T(content) => content.schema.as_ref(),
                    RefOr::Ref(_) => None,
                });
                if schemas.into_iter().all(|schema| is_optional(schema, &components.schemas)) {
                    body.required = Some(Needed::False);
                }
            }
        }
    }
}

/// Every schema within this one that is no mere list, choice or reference.
fn each_object(schema: &mut RefOr<Schema>, change: &mut impl FnMut(&mut Object)) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::Object(object) => {
            change(object);
            object.properties.values_mut().for_each(|property| each_object(property, change));
        }
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                each_object(items, change);
            }
        }
        Schema::AllOf(all) => all.items.iter_mut().for_each(|item| each_object(item, change)),
        Schema::AnyOf(any) => any.items.iter_mut().for_each(|item| each_object(item, change)),
        Schema::OneOf(one) => one.items.iter_mut().for_each(|item| each_object(item, change)),
        _ => {}
    }
}

/// Whether an empty object is as good as any.
fn is_optional(schema: &RefOr<Schema>, all: &BTreeMap<String, RefOr<Schema>>) -> bool {
    match schema {
        RefOr::T(Schema::Object(object)) => object.required.is_empty(),
        RefOr::T(_) => false,
        RefOr::Ref(named) => {
            let name = named.ref_location.strip_prefix(SCHEMAS).unwrap_or_default();
            all.get(name).is_some_and(|schema| !matches!(schema, RefOr::Ref(_)) && is_optional(schema, all))
        }
    }
}

/// The names of all schemas that a request can hold.
fn sent(api: &mut OpenApi) -> BTreeSet<String> {
    let schemas = serde_json::to_value(&api.components).unwrap_or_default();
    let mut names = BTreeSet::new();
    for item in api.paths.paths.values_mut() {
        for (_, operation) in operations(item) {
            let body = serde_json::to_value(&operation.request_body).unwrap_or_default();
            let parameters = serde_json::to_value(&operation.parameters).unwrap_or_default();
            gather(&body, &schemas, &mut names);
            gather(&parameters, &schemas, &mut names);
        }
    }
    names
}

/// Adds the names that a part of the document refers to, and those that these refer to.
fn gather(part: &Value, components: &Value, names: &mut BTreeSet<String>) {
    match part {
        Value::Object(members) => {
            let named = members.get("$ref").and_then(Value::as_str).and_then(|at| at.strip_prefix(SCHEMAS));
            if let Some(name) = named
                && names.insert(name.to_owned())
            {
                gather(&components["schemas"][name], components, names);
            }
            members.values().for_each(|value| gather(value, components, names));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, components, names)),
        _ => {}
    }
}
