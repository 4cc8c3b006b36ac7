//! Which names say that their value is a secret.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_security::confusable_detection::skeleton;

/// Names that are secrets as one of the words of a name: `userPin`, and not `shipping`.
const WORDS: [&str; 14] =
    ["pass", "pin", "pins", "otp", "totp", "hotp", "auth", "creds", "psw", "mdp", "cvv", "cvc", "senha", "puk"];
/// Names that are secrets wherever they stand in a name without its marks: `x-api-key`, `MYPASSWORD`.
const PARTS: [&str; 26] = [
    "password",
    "passwd",
    "passwort",
    "passcode",
    "passphrase",
    "kennwort",
    "motdepasse",
    "contrasena",
    "pwd",
    "token",
    "secret",
    "credential",
    "apikey",
    "privatekey",
    "sessionkey",
    "accesskey",
    "signingkey",
    "encryptionkey",
    "cookie",
    "bearer",
    "jwt",
    "pincode",
    "authoriz",
    "authoris",
    "sessionid",
    "sessid",
];

/// Whether a name says that its value is a secret, in any case and whatever stands between its words.
///
/// ```
/// use mobile_sessions::domain::session::secret_names::is_secret_name;
/// assert!(["Token", "user_password", "apiKey", "PINCode"].into_iter().all(is_secret_name));
/// assert!(!["city", "shipping", "compass", "secretary"].into_iter().any(is_secret_name));
/// ```
pub fn is_secret_name(name: &str) -> bool {
    static FIND: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(PARTS).ok());
    let (squashed, words) = words(name);
    let ends = words.iter().skip(1).copied().chain([squashed.len()]);
    let mut words = words.iter().zip(ends).map(|(&start, end)| &squashed[start..end]);
    let has_part = |text: &str| {
        FIND.as_ref().map_or_else(|| PARTS.iter().any(|part| text.contains(part)), |find| find.is_match(text))
    };
    words.any(|word| WORDS.contains(&word)) || has_part(&squashed) && has_part(&squashed.replace("secretar", ""))
}

/// A name in `camelCase`, `snake_case` or `kebab-case` without its marks, folded, and where its words begin in it.
fn words(name: &str) -> (String, Vec<usize>) {
    let (mut squashed, mut words) = (String::with_capacity(name.len()), vec![0]);
    let mut before: Option<char> = None;
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let next_is_lower = chars.peek().is_some_and(|next| next.is_lowercase());
        let begins = before.is_some_and(|before| {
            c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && next_is_lower)
                || c.is_numeric() != before.is_numeric()
        });
        if begins || !c.is_alphanumeric() {
            words.push(squashed.len());
        }
        match c {
            _ if !c.is_ascii() => {
                let folded = [c].into_iter().nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase);
                // As it looks: an "o" of another script is an "o".
                squashed.extend(skeleton(&folded.collect::<String>()));
            }
            _ if c.is_ascii_alphanumeric() => squashed.push(c.to_ascii_lowercase()),
            _ => {}
        }
        before = Some(c);
    }
    (squashed, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_secrets_are_told_from_other_keys() {
        for name in [
            "password",
            "Password",
            "PASSWD",
            "pwd",
            "userPwd",
            "pass",
            "my_pass",
            "token",
            "accessToken",
            "ACCESS_TOKEN",
            "secret",
            "client-secret",
            "api_key",
            "API-Key",
            "apikey",
            "X-Api-Key",
            "authorization",
            "Authorisation",
            "auth",
            "credentials",
            "pin",
            "PIN",
            "pinCode",
            "userPIN",
            "otp",
            "OTPCode",
            "privateKey",
            "PRIVATE KEY",
            "jwt",
            "myJWT",
            "cookie",
            "Set-Cookie",
            "sessionKey",
            "session key",
            "pássword",
            "t\u{43e}ken",
            "t\u{43e}ken",
            "ｐａｓｓｗｏｒｄ",
            "pin2",
            "mot de passe",
            "Contraseña",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "city",
            "shipping",
            "pinned",
            "opinion",
            "compass",
            "passenger",
            "bypass",
            "secretary",
            "author",
            "session",
            "id",
            "key",
            "keyboard",
            "email",
            "login",
            "",
            "_",
            "status",
            "version",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
