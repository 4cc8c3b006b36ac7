//! How the document describes the values of the domain, which knows no OpenAPI.

use strum::VariantArray;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::account::{Actor, ActorKind, Role};
use crate::domain::change::{Action, Outcome, ReasonCode, Values};
use crate::domain::event::EventKind;
use crate::domain::push::PushOutcome;
use crate::domain::session::Status;
use crate::domain::webhook::{DeliveryState, SwitchedOff};
use crate::services::batches::RunState;

/// The schema of a text that is one of the spellings of `T`.
fn one_of<T: VariantArray + Copy + Into<&'static str>>(description: &str) -> RefOr<Schema> {
    let words = T::VARIANTS.iter().map(|value| (*value).into());
    let text = ObjectBuilder::new().schema_type(Type::String).description(Some(description));
    text.enum_values(Some(words.collect::<Vec<&'static str>>())).into()
}

macro_rules! spelled_schemas {
    ($($name:ty: $description:literal,)+) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                one_of::<Self>($description)
            }
        }

        impl ToSchema for $name {}
    )+};
}

spelled_schemas! {
    Action: "What a journal entry did.",
    ActorKind: "What kind of actor made a change.",
    DeliveryState: "What became of a delivery.",
    EventKind: "What kind of thing happened.",
    Outcome: "What became of a journal entry.",
    PushOutcome: "How a push ended.",
    ReasonCode: "Why this program itself wrote an entry: the journal keeps the code, and each reader is told in their language.",
    Role: "What a user or token may do. The order is that of their power.",
    RunState: "Whether a batch still runs.",
    Status: "The two values of `status` that 4D documents, and so the two that can be set.",
    SwitchedOff: "Why a webhook was switched off by the program itself.",
}

impl PartialSchema for Actor {
    fn schema() -> RefOr<Schema> {
        let name = ObjectBuilder::new().schema_type(Type::String).description(Some("The user's or token's name."));
        let kind =
            Ref::builder().ref_location_from_schema_name(ActorKind::name()).description(Some("What kind of actor."));
        ObjectBuilder::new()
            .property("kind", kind.build())
            .property("name", name)
            .required("kind")
            .required("name")
            .description(Some("Who made a change, as the journal shows it."))
            .into()
    }
}

impl ToSchema for Actor {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ActorKind::name().into(), ActorKind::schema()));
    }
}

/// The schema of a text that can be `null`.
fn text_or_null(description: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::from_iter([Type::String, Type::Null])).description(Some(description))
}

impl PartialSchema for Values {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .property("status", text_or_null("The status as the file spelled it; `null` where there was none."))
            .property("email", text_or_null("The e-mail; `null` where there was none."))
            .required("status")
            .required("email")
            .description(Some("The two values a change can touch, as the journal shows them."))
            .into()
    }
}

impl ToSchema for Values {}
