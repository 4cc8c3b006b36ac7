//! What devices and people are called in the sample folder.

/// Model, system and its versions.
pub type Model = (&'static str, &'static str, &'static [&'static str]);

pub const IOS_DEVICES: [Model; 8] = [
    ("iPhone 11", "iOS", &["15.7.9", "16.7.2", "17.5.1"]),
    ("iPhone 13", "iOS", &["16.6.1", "17.5.1", "18.1"]),
    ("iPhone 13 mini", "iOS", &["16.6.1", "17.4"]),
    ("iPhone 15 Pro", "iOS", &["17.5.1", "18.1", "18.1.1"]),
    ("iPhone SE (3rd generation)", "iOS", &["15.4", "17.5.1"]),
    ("iPhone 8", "iOS", &["15.8.3", "16.7.10"]),
    ("iPad Air (5th generation)", "iPadOS", &["16.6", "17.5.1"]),
    ("iPad Pro (11-inch)", "iPadOS", &["17.7", "18.1"]),
];

pub const ANDROID_DEVICES: [Model; 8] = [
    ("Pixel 4", "Android", &["29 (Android Q)", "30 (Android R)"]),
    ("Pixel 6a", "Android", &["33 (Android T)", "34 (Android U)"]),
    ("Pixel 8", "Android", &["34 (Android U)", "35 (Android V)"]),
    ("Galaxy S23", "Android", &["33 (Android T)", "34 (Android U)"]),
    ("Galaxy A14", "Android", &["33 (Android T)"]),
    ("Galaxy Tab Active3", "Android", &["31 (Android S)", "33 (Android T)"]),
    ("Fairphone 5", "Android", &["33 (Android T)"]),
    ("Zebra TC52", "Android", &["29 (Android Q)", "30 (Android R)"]),
];

/// Those often met stand more than once.
pub const LANGUAGES: [(&str, &str); 10] = [
    ("en", "US"),
    ("en", "US"),
    ("en", "GB"),
    ("fr", "FR"),
    ("fr", "FR"),
    ("de", "DE"),
    ("de", "CH"),
    ("es", "ES"),
    ("ja", "JP"),
    ("pt", "BR"),
];

pub const FIRST_NAMES: [&str; 24] = [
    "amelie", "ana", "bruno", "carlos", "chloe", "daniel", "elena", "emma", "felix", "hana", "hugo", "ines", "jonas",
    "julia", "kenji", "lea", "lucas", "maria", "nina", "olga", "paul", "rafael", "sofia", "thomas",
];

pub const LAST_NAMES: [&str; 24] = [
    "almeida", "bauer", "bernard", "costa", "dubois", "fischer", "garcia", "ito", "keller", "lambert", "lopez",
    "martin", "meyer", "moreau", "nakamura", "novak", "petit", "rossi", "santos", "schmidt", "smith", "sato", "weber",
    "wilson",
];

pub const DOMAINS: [&str; 4] = ["acme.example", "acme.example", "north.example", "example.org"];
