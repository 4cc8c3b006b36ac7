//! How the body of a batch is described: as one of eleven kinds of object, by action and by what it is done to.

use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::batch::Batch;

impl PartialSchema for Batch {
    fn schema() -> RefOr<Schema> {
        let mut kinds = OneOfBuilder::new();
        for (title, action, value) in [
            ("SetStatus", "set_status", Some(("status", "Status"))),
            ("SetEmail", "set_email", Some(("email", "Email"))),
            ("Decline", "decline", None),
            ("Undecline", "undecline", None),
            ("Delete", "delete", None),
        ] {
            kinds = kinds.item(of_sessions(kind(&format!("{title}OfSessions"), action, value), "BatchItem"));
            kinds = kinds.item(of_filter(kind(&format!("{title}OfFilter"), action, value)));
        }
        kinds
            .item(of_sessions(kind("ReplaceSessions", "replace", None), "BatchReplacement"))
            .description(Some("What to do to which sessions"))
            .examples([serde_json::json!({
                "action": "set_status", "status": "accepted", "filter": { "status": "pending", "q": "@example.org" },
                "reason": "the sales team", "dry_run": true,
            })])
            .into()
    }
}

impl ToSchema for Batch {}

/// What all batches of an action have, with the new value, by its key and schema.
fn kind(title: &str, action: &str, value: Option<(&str, &str)>) -> ObjectBuilder {
    let reason = text().max_length(Some(500)).description(Some("Why, for the journal alone"));
    let dry_run =
        ObjectBuilder::new().schema_type(Type::Boolean).description(Some("Write nothing, and tell what would be"));
    let kind = ObjectBuilder::new()
        .title(Some(title))
        .property("action", text().enum_values(Some([action])))
        .required("action")
        .property("reason", reason)
        .property("dry_run", dry_run)
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    match value {
        Some((key, schema)) => kind.property(key, Ref::from_schema_name(schema)).required(key),
        None => kind,
    }
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn of_sessions(kind: ObjectBuilder, item: &str) -> ObjectBuilder {
    let sessions = ArrayBuilder::new().items(Ref::from_schema_name(item)).max_items(Some(10_000));
    kind.property("sessions", sessions).required("sessions")
}

fn of_filter(kind: ObjectBuilder) -> ObjectBuilder {
    let all = "Must be true where the filter is empty, or where a value of it is `null`, `\"\"` or `[]`: all sessions \
        may be selected";
    let if_total = "Do nothing (409) unless exactly so many sessions match";
    kind.property("filter", Ref::from_schema_name("BatchFilter"))
        .required("filter")
        .property("all", ObjectBuilder::new().schema_type(Type::Boolean).description(Some(all)))
        .property(
            "if_total",
            ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).description(Some(if_total)),
        )
}
