//! `If-Match`, as every operation on one session takes it.

use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};

/// One entity tag or several, or `*`.
const PATTERN: &str = r#"^(\*|(W/)?"[!#-,.-~][!#-~]*"(, (W/)?"[!#-,.-~][!#-~]*")*)$"#;

pub struct IfMatch;

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let parameter = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("Do it only if the session still is as it was read: its ETag"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some(PATTERN))));
        vec![parameter.build()]
    }
}
