//! The document as a page shows it: by subject, with the shape of each value in a word and an example of each body.

use serde_json::{Map, Value};

use super::example::example;

/// Where the document keeps its types.
const SCHEMAS: &str = "#/components/schemas/";

pub struct Reference {
    pub introduction: String,
    pub subjects: Vec<Subject>,
    pub types: Vec<Type>,
}

/// A tag of the document.
pub struct Subject {
    pub name: String,
    pub description: String,
    pub operations: Vec<Operation>,
}

pub struct Operation {
    pub id: String,
    pub method: String,
    /// The kind of event, where this program is the one that calls.
    pub path: String,
    pub is_webhook: bool,
    pub needs_token: bool,
    /// Whether its answer ends: an event stream has no end.
    pub ends: bool,
    pub summary: String,
    pub description: String,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub answers: Vec<Answer>,
}

pub struct Parameter {
    pub name: String,
    /// `path`, `query` or `header`.
    pub place: String,
    pub required: bool,
    pub shape: Shape,
    pub description: String,
    pub example: Option<String>,
}

pub struct Body {
    pub media_types: String,
    pub shape: Shape,
    /// None of what is no JSON.
    pub example: Option<String>,
}

/// Headers and bodies are left out of errors, which have them in common.
pub struct Answer {
    pub status: String,
    pub description: String,
    pub headers: String,
    pub body: Option<Body>,
}

/// A type of the document, by its name.
pub struct Type {
    pub name: String,
    pub description: String,
    pub shape: Shape,
    pub properties: Vec<Property>,
    pub example: String,
}

pub struct Property {
    pub name: String,
    pub required: bool,
    pub shape: Shape,
    pub description: String,
}

/// What a value is, in a word or two, and the named type that tells more.
#[derive(Default)]
pub struct Shape {
    pub words: String,
    pub named: Option<String>,
}

impl Reference {
    pub fn of(document: &Value) -> Self {
        let reader = Reader { document };
        let schemas = entries(&document["components"]["schemas"]);
        Self {
            introduction: text(&document["info"], "description"),
            subjects: list(&document["tags"]).map(|tag| reader.subject(tag)).collect(),
            types: schemas.map(|(name, schema)| reader.named_type(name, schema)).collect(),
        }
    }
}

struct Reader<'a> {
    document: &'a Value,
}

impl<'a> Reader<'a> {
    fn subject(&self, tag: &Value) -> Subject {
        let name = text(tag, "name");
        let mut operations = Vec::new();
        for part in ["paths", "webhooks"] {
            for (path, item) in entries(&self.document[part]) {
                let own = entries(item).filter(|(_, operation)| operation["tags"][0] == tag["name"]);
                operations.extend(own.map(|(method, operation)| Operation {
                    is_webhook: part == "webhooks",
                    ..self.operation(method, path, operation)
                }));
            }
        }
        Subject { name, description: text(tag, "description"), operations }
    }

    fn operation(&self, method: &str, path: &str, operation: &'a Value) -> Operation {
        let answers: Vec<Answer> =
            entries(&operation["responses"]).map(|(status, answer)| self.answer(status, answer)).collect();
        let streams =
            |answer: &Answer| answer.body.as_ref().is_some_and(|body| body.media_types == "text/event-stream");
        Operation {
            id: text(operation, "operationId"),
            method: method.to_uppercase(),
            path: path.to_owned(),
            is_webhook: false,
            needs_token: operation["security"]
                .as_array()
                .is_none_or(|schemes| schemes[..] != [Value::Object(Map::new())]),
            ends: !answers.iter().any(streams),
            summary: text(operation, "summary"),
            description: text(operation, "description"),
            parameters: list(&operation["parameters"]).map(|parameter| self.parameter(parameter)).collect(),
            body: self.body(&operation["requestBody"]["content"]),
            answers,
        }
    }

    fn parameter(&self, parameter: &'a Value) -> Parameter {
        let schema = &parameter["schema"];
        let example = [&parameter["example"], &schema["examples"][0], &schema["example"]];
        let example = example.into_iter().find(|value| !value.is_null());
        Parameter {
            name: text(parameter, "name"),
            place: text(parameter, "in"),
            required: parameter["required"] == true,
            shape: Shape::of(schema),
            description: text(parameter, "description"),
            example: example.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
        }
    }

    fn answer(&self, status: &str, answer: &'a Value) -> Answer {
        let content = if status.starts_with('2') { answer } else { &Value::Null };
        let headers: Vec<&str> = entries(&content["headers"]).map(|(name, _)| name).collect();
        Answer {
            status: status.to_owned(),
            description: text(answer, "description"),
            headers: headers.join(", "),
            body: self.body(&content["content"]),
        }
    }

    fn body(&self, content: &'a Value) -> Option<Body> {
        let (media_type, first) = entries(content).next()?;
        let all: Vec<&str> = entries(content).map(|(media_type, _)| media_type).collect();
        Some(Body {
            media_types: all.join(", "),
            shape: Shape::of(&first["schema"]),
            example: media_type.ends_with("json").then(|| self.example(&first["schema"])),
        })
    }

    fn named_type(&self, name: &str, schema: &'a Value) -> Type {
        Type {
            name: name.to_owned(),
            description: text(schema, "description"),
            shape: Shape::of(schema),
            properties: properties(schema),
            example: self.example(schema),
        }
    }

    fn example(&self, schema: &Value) -> String {
        serde_json::to_string_pretty(&example(self.document, schema)).unwrap_or_default()
    }
}

impl Shape {
    fn of(schema: &Value) -> Self {
        if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix(SCHEMAS)) {
            return Self { words: name.to_owned(), named: Some(name.to_owned()) };
        }
        let choices = ["oneOf", "anyOf", "allOf"].into_iter().find_map(|key| schema[key].as_array());
        if let Some(choices) = choices {
            let shapes: Vec<Self> = choices.iter().map(Self::of).collect();
            let words: Vec<&str> = shapes.iter().map(|shape| shape.words.as_str()).collect();
            let and = if schema["allOf"].is_array() { " & " } else { " | " };
            return Self { words: words.join(and), named: shapes.iter().find_map(|shape| shape.named.clone()) };
        }
        let values: Vec<String> = list(&schema["enum"]).chain(schema.get("const")).map(Value::to_string).collect();
        if !values.is_empty() {
            return Self { words: values.join(" | "), named: None };
        }
        let types: Vec<&str> = list(&schema["type"]).chain(Some(&schema["type"])).filter_map(Value::as_str).collect();
        let mut words = types.join(" | ");
        if types.contains(&"array") {
            let item = Self::of(&schema["items"]);
            return Self { words: words.replace("array", &format!("{}[]", item.words)), named: item.named };
        }
        if let Some(format) = schema["format"].as_str() {
            words = format!("{words} ({format})");
        }
        Self { words, named: None }
    }
}

/// Those of the schema itself, and of all that it is put together from but the types with a name.
fn properties(schema: &Value) -> Vec<Property> {
    let mut found: Vec<Property> = Vec::new();
    let parts = ["allOf", "oneOf"].into_iter().flat_map(|key| list(&schema[key]));
    for part in Some(schema).into_iter().chain(parts) {
        for (name, property) in entries(&part["properties"]) {
            if found.iter().all(|known| known.name != name) {
                found.push(Property {
                    name: name.to_owned(),
                    required: list(&part["required"]).any(|required| *required == name),
                    shape: Shape::of(property),
                    description: description(property),
                });
            }
        }
    }
    found
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// Its own, or that of one of its choices.
fn description(schema: &Value) -> String {
    let choices = list(&schema["oneOf"]).map(|choice| text(choice, "description"));
    Some(text(schema, "description")).into_iter().chain(choices).find(|text| !text.is_empty()).unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}
